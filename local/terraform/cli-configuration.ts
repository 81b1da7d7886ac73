import { access, constants, mkdir } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { installArchiveStandIn } from "../archive-provider/install.ts";
import { OPT_IN_VALUE, OPT_IN_VARIABLE } from "../archive-provider/opt-in.ts";
import { CloudFailure } from "../failure.ts";
import { replaceFile } from "../run-files.ts";
import { cliConfigurationText, type Installation } from "./cli-configuration-text.ts";
import { findProviderMirrors, MIRROR_VARIABLE, type ProviderMirror, type SearchPlaces } from "./mirror-search.ts";
import { type Provider, REGISTRY_HOST } from "./provider-packages.ts";
import { rememberedProbe } from "./registry-memory.ts";
import { DISCOVERY_URL, PROBE_SECONDS, registryAnswers } from "./registry-probe.ts";
import { satisfies } from "./version-constraint.ts";

export interface CliConfigurationOptions {
  /** The local cloud's folder; everything goes to `terraform/` in it. */
  readonly folder: string;
  /** The versions that the stacks ask for. @default aws "~> 5.100", archive "~> 2.7" */
  readonly constraints?: Partial<Readonly<Record<Provider, string>>>;
  /** Where mirrors are searched. @default this machine, this process's environment */
  readonly places?: SearchPlaces;
  /** Where the Terraform registry says that it is there. @default its published discovery address */
  readonly discoveryUrl?: string;
}

/** Where a provider comes from. */
interface ProviderSources {
  readonly aws: "mirror" | "registry";
  readonly archive: "mirror" | "registry" | "stand-in";
}

export interface CliConfiguration {
  /** The CLI configuration file. */
  readonly path: string;
  /** What every Terraform of the local cloud must have in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly providers: ProviderSources;
}

const DEFAULT_CONSTRAINTS = { aws: "~> 5.100", archive: "~> 2.7" };

const addressOf = (provider: Provider): string => `${REGISTRY_HOST}/hashicorp/${provider}`;

const missingAws = (constraint: string, mirrors: readonly ProviderMirror[]): CloudFailure => {
  const others = [...new Set(mirrors.flatMap(({ aws }) => aws))];
  const found = others.length > 0 ? ` (found only ${others.join(", ")})` : "";
  return new CloudFailure(
    "PROVIDER_MISSING",
    `hashicorp/aws ${constraint} is in no Terraform mirror on this machine${found}, and the Terraform registry did not ` +
      `answer within ${PROBE_SECONDS} seconds. Set ${MIRROR_VARIABLE} to a folder that holds it, made by \`terraform providers mirror\`.`,
  );
};

/** Terraform starts the stand-in through its `#!/usr/bin/env node`; without node its own error does not say so. */
const requireNode = async (environment: NodeJS.ProcessEnv): Promise<void> => {
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const checks = folders.map((folder) => access(join(folder, "node"), constants.X_OK));
  if ((await Promise.allSettled(checks)).some(({ status }) => status === "fulfilled")) return;
  throw new CloudFailure(
    "PROVIDER_MISSING",
    "Terraform starts the archive provider's stand-in through `node`, which is not on PATH. Add Node's folder to PATH.",
  );
};

/**
 * Writes the Terraform CLI configuration of the local cloud: each provider from a filesystem mirror where one holds it,
 * else from the Terraform registry; hashicorp/archive from the stand-in where neither has it. Whatever else the user's
 * own CLI configuration says does not apply.
 * @throws CloudFailure PROVIDER_MISSING where hashicorp/aws can be had nowhere, ONAIR_PROVIDER_MIRROR names no mirror,
 * or the stand-in could not be started
 */
export const writeCliConfiguration = async (options: CliConfigurationOptions): Promise<CliConfiguration> => {
  const { places = {}, discoveryUrl = DISCOVERY_URL } = options;
  const environment = places.environment ?? process.env;
  const constraints = { ...DEFAULT_CONSTRAINTS, ...options.constraints };
  const home = join(resolve(options.folder), "terraform");
  await mkdir(home, { recursive: true });

  const mirrors = await findProviderMirrors(places);
  const mirrorOf = (provider: Provider): string | undefined =>
    mirrors.find((mirror) => mirror[provider].some((version) => satisfies(version, constraints[provider])))?.folder;
  const found = { aws: mirrorOf("aws"), archive: mirrorOf("archive") };
  const hasRegistry =
    (found.aws === undefined || found.archive === undefined) &&
    (await rememberedProbe({
      file: join(home, "registry.json"),
      probe: () => registryAnswers(discoveryUrl, environment),
      trustAbsence: found.aws !== undefined,
      now: Date.now(),
    }));
  if (found.aws === undefined && !hasRegistry) throw missingAws(constraints.aws, mirrors);

  const needsStandIn = found.archive === undefined && !hasRegistry;
  const plugins = join(home, "plugins");
  if (needsStandIn) {
    await requireNode(environment);
    await installArchiveStandIn(plugins);
  }

  const installations: readonly Installation[] = [
    { address: addressOf("aws"), mirror: found.aws },
    { address: addressOf("archive"), mirror: needsStandIn ? plugins : found.archive },
  ];
  const path = join(home, "cli.tfrc");
  await replaceFile(path, cliConfigurationText(installations));

  return {
    path,
    environment: {
      TF_CLI_CONFIG_FILE: path,
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
      CHECKPOINT_DISABLE: "1",
      // Empty switches a user's plugin cache off: through it the stand-in could reach a stack that goes to AWS.
      ...(needsStandIn && { [OPT_IN_VARIABLE]: OPT_IN_VALUE, TF_PLUGIN_CACHE_DIR: "" }),
    },
    providers: {
      aws: found.aws === undefined ? "registry" : "mirror",
      archive: needsStandIn ? "stand-in" : found.archive === undefined ? "registry" : "mirror",
    },
  };
};
