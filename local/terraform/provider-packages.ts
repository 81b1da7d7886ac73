import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { STAND_IN_PACKAGE_NAME } from "../archive-provider/install.ts";

/** The host in the source addresses of both providers; a mirror's first folder. */
export const REGISTRY_HOST = "registry.terraform.io";

/** The providers that Onair's stacks use, by their type in `hashicorp/<type>`. */
export type Provider = "aws" | "archive";

const namesIn = async (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

const isStandIn = async (packageFolder: string): Promise<boolean> => {
  const text = await readFile(join(packageFolder, "package.json"), "utf8").catch(() => "");
  return text.includes(JSON.stringify(STAND_IN_PACKAGE_NAME));
};

/**
 * The versions of a provider that a filesystem mirror holds for a platform, unpacked (`<version>/<platform>/`) or packed
 * (`terraform-provider-<type>_<version>_<platform>.zip`). Our own stand-in never counts as the provider.
 */
export const versionsIn = async (mirror: string, provider: Provider, platform: string): Promise<readonly string[]> => {
  const home = join(mirror, REGISTRY_HOST, "hashicorp", provider);
  const archiveName = new RegExp(`^terraform-provider-${provider}_(.+)_${platform}\\.zip$`);
  const versions = await Promise.all(
    (await namesIn(home)).map(async (name) => {
      const packed = archiveName.exec(name)?.[1];
      if (packed !== undefined) return packed;
      const unpacked = join(home, name, platform);
      const files = await namesIn(unpacked);
      const isPackage = files.some((file) => file.startsWith(`terraform-provider-${provider}`));
      return isPackage && !(await isStandIn(unpacked)) ? name : undefined;
    }),
  );
  return versions.filter((version) => version !== undefined);
};
