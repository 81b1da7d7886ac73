/**
 * What a program needs in its environment to use the local cloud and no other: its address, the account's root key,
 * and nothing that could lead an SDK to real credentials.
 */
export const cloudEnvironment = (
  endpoint: string,
  region: string,
  accountId: string,
  secret: string,
): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: accountId,
  AWS_SECRET_ACCESS_KEY: secret,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  CHECKPOINT_DISABLE: "1",
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
});

/** `KEY=value` lines, which `node --env-file`, `util.parseEnv` and a shell's `set -a; . file` read alike. */
export const environmentText = (environment: Readonly<Record<string, string>>): string =>
  Object.entries(environment)
    .map(([name, value]) => `${name}=${/^[\w@%+=:,./~-]*$/.test(value) ? value : `'${value}'`}\n`)
    .join("");
