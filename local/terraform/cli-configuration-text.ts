/** Terraform's CLI configuration as text: reading mirrors out of a user's, writing the local cloud's. */

const STRING = String.raw`"(?:[^"\\\n]|\\.)*"`;
const COMMENT = new RegExp(String.raw`(${STRING})|#.*|//.*|/\*[\s\S]*?\*/`, "g");
/** Both as HCL, `filesystem_mirror { path = "…" }`, and as JSON, `"filesystem_mirror": [{ "path": "…" }]`. */
const MIRROR_BLOCK = /\bfilesystem_mirror"?\s*:?\s*\[?\s*\{([^}]*)\}/g;
const PATH = new RegExp(String.raw`\bpath"?\s*[=:]\s*(${STRING})`);

const unquote = (text: string): string | undefined => {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
};

/** The folders of the filesystem mirrors that a CLI configuration names, in their order. */
export const mirrorsNamedIn = (configuration: string): readonly string[] =>
  [...configuration.replace(COMMENT, "$1").matchAll(MIRROR_BLOCK)]
    .map(([, body = ""]) => PATH.exec(body)?.[1])
    .map((quoted) => (quoted === undefined ? undefined : unquote(quoted)))
    .filter((path) => path !== undefined);

/** Where Terraform is to get one provider. */
export interface Installation {
  /** The source address, for example `registry.terraform.io/hashicorp/aws`. */
  readonly address: string;
  /** A folder laid out as a filesystem mirror. @default none: the provider's registry */
  readonly mirror?: string;
}

/** Writes a CLI configuration under which these providers, and no other, can be installed. */
export const cliConfigurationText = (installations: readonly Installation[]): string => {
  const blocks = installations.map(({ address, mirror }) =>
    mirror === undefined
      ? `  direct {\n    include = [${JSON.stringify(address)}]\n  }\n`
      : `  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    include = [${JSON.stringify(address)}]\n  }\n`,
  );
  return [
    "# Written by the local cloud for itself; it never applies to a deployment to AWS.\n",
    "disable_checkpoint = true\n",
    `provider_installation {\n${blocks.join("")}}\n`,
  ].join("\n");
};
