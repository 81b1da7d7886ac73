import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraformPlatform } from "#local/archive-provider/platform.ts";
import type { SearchPlaces } from "#local/terraform/mirror-search.ts";

/** Puts an unpacked package without any real content into a mirror folder, which it answers. */
export const putPackage = (mirror: string, provider: "aws" | "archive", version: string): string => {
  const folder = join(mirror, "registry.terraform.io/hashicorp", provider, version, terraformPlatform());
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `terraform-provider-${provider}_v${version}_x5`), "");
  return mirror;
};

/** The same as a packed package. */
export const putPackedPackage = (mirror: string, provider: "aws" | "archive", version: string): string => {
  const folder = join(mirror, "registry.terraform.io/hashicorp", provider);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `terraform-provider-${provider}_${version}_${terraformPlatform()}.zip`), "");
  return mirror;
};

/** A machine of which nothing exists but what the test puts under a folder. */
export const emptyMachine = (folder: string, environment: NodeJS.ProcessEnv = {}): Required<SearchPlaces> => ({
  environment: {
    PATH: process.env.PATH,
    XDG_DATA_HOME: join(folder, "xdg-home"),
    XDG_DATA_DIRS: join(folder, "xdg"),
    ...environment,
  },
  home: join(folder, "home"),
  system: process.platform,
  roots: [join(folder, "root")],
});
