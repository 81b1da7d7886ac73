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
  AWS_SESSION_TOKEN: "",
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  // True would lead past the endpoint above to AWS.
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false",
  CHECKPOINT_DISABLE: "1",
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
});

/**
 * Takes from a shell what no value can: an empty profile is refused by the AWS CLI, and each service may have an
 * endpoint of its own (four of them have an older name too, which Terraform still follows), and Terraform takes any value of
 * the FIPS and dual-stack switches for "on", which goes with no endpoint. It has no `=` and is the
 * last line, so that Node's parser, which looks for the next `=`, ends there.
 */
const UNSET =
  "unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_USE_FIPS_ENDPOINT AWS_USE_DUALSTACK_ENDPOINT AWS_DYNAMODB_ENDPOINT AWS_IAM_ENDPOINT AWS_S3_ENDPOINT AWS_STS_ENDPOINT " +
  "$(env | grep -o '^AWS_ENDPOINT_URL_[A-Z0-9_]*')\n";

/** Lines that `node --env-file`, `util.parseEnv` and a shell's `set -a; . file` read alike. */
export const environmentText = (environment: Readonly<Record<string, string>>): string =>
  Object.entries(environment)
    .map(([name, value]) => `${name}=${/^[\w@%+=:,./~-]*$/.test(value) ? value : `'${value}'`}\n`)
    .join("") + UNSET;
