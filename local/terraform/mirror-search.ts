import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { terraformPlatform } from "../archive-provider/platform.ts";
import { CloudFailure } from "../failure.ts";
import { mirrorsNamedIn } from "./cli-configuration-text.ts";
import { versionsIn } from "./provider-packages.ts";

/** Names a filesystem mirror to use before all others. */
export const MIRROR_VARIABLE = "ONAIR_PROVIDER_MIRROR";

/** A folder laid out as a Terraform filesystem mirror, and what it holds for this machine. */
export interface ProviderMirror {
  readonly folder: string;
  /** Versions of hashicorp/aws. */
  readonly aws: readonly string[];
  /** Versions of hashicorp/archive. */
  readonly archive: readonly string[];
}

/** Where to search. */
export interface SearchPlaces {
  /** @default process.env */
  readonly environment?: NodeJS.ProcessEnv;
  /** The user's home folder. @default os.homedir() */
  readonly home?: string;
  /** The operating system. @default process.platform */
  readonly system?: string;
  /** Folders of which each child may be a mirror, beside the home folder. @default the usual places of shared software */
  readonly roots?: readonly string[];
}

const USUAL_ROOTS = ["/opt", "/usr/local/share", "/usr/local/lib", "/usr/share", "/srv"];

/** Terraform's implied mirrors, which it searches by itself when no CLI configuration says otherwise. */
const impliedMirrors = (environment: NodeJS.ProcessEnv, home: string, system: string): readonly string[] => {
  const shared =
    system === "darwin"
      ? [join(home, "Library", "Application Support"), join("/Library", "Application Support")].map((folder) =>
          join(folder, "io.terraform"),
        )
      : [
          environment.XDG_DATA_HOME || join(home, ".local", "share"),
          ...(environment.XDG_DATA_DIRS || ["/usr/local/share", "/usr/share"].join(delimiter)).split(delimiter),
        ].map((folder) => join(folder, "terraform"));
  return [join(home, ".terraform.d"), ...shared].map((folder) => join(folder, "plugins"));
};

const configuredMirrors = async (environment: NodeJS.ProcessEnv, home: string): Promise<readonly string[]> => {
  const files = [environment.TF_CLI_CONFIG_FILE, join(home, ".terraformrc")].filter((file) => file !== undefined);
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")));
  return texts.flatMap(mirrorsNamedIn);
};

const childrenOf = async (root: string): Promise<readonly string[]> => {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => join(root, entry.name))
    .sort();
};

/**
 * Finds the filesystem mirrors on this machine that hold hashicorp/aws or hashicorp/archive, the most deliberate first:
 * ONAIR_PROVIDER_MIRROR, the user's own CLI configuration, Terraform's implied folders, the children of the usual places.
 * @throws CloudFailure PROVIDER_MISSING where ONAIR_PROVIDER_MIRROR names a folder without either.
 */
export const findProviderMirrors = async (places: SearchPlaces = {}): Promise<readonly ProviderMirror[]> => {
  const { environment = process.env, home = homedir(), system = process.platform, roots = USUAL_ROOTS } = places;
  const platform = terraformPlatform(system);
  const chosen = environment[MIRROR_VARIABLE] || undefined;
  const candidates = [
    ...(chosen === undefined ? [] : [chosen]),
    ...(await configuredMirrors(environment, home)),
    ...impliedMirrors(environment, home, system),
    ...(await Promise.all([...roots, home].map(childrenOf))).flat(),
  ].map((folder) => resolve(folder));

  const mirrors = await Promise.all(
    [...new Set(candidates)].map(
      async (folder): Promise<ProviderMirror> => ({
        folder,
        aws: await versionsIn(folder, "aws", platform),
        archive: await versionsIn(folder, "archive", platform),
      }),
    ),
  );
  const found = mirrors.filter(({ aws, archive }) => aws.length + archive.length > 0);
  if (chosen !== undefined && found[0]?.folder !== resolve(chosen)) {
    throw new CloudFailure(
      "PROVIDER_MISSING",
      `${MIRROR_VARIABLE} is "${chosen}", which holds neither hashicorp/aws nor hashicorp/archive for ${platform}. ` +
        "Set it to a folder made by `terraform providers mirror`.",
    );
  }
  return found;
};
