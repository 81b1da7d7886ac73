import { delimiter, dirname, join } from "node:path";
import { CHAT_PATH } from "../edge/judge.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What a child may inherit from us. Everything else, credentials above all, stays behind. */
const INHERITED = ["PATH", "LANG", "LC_ALL", "TZ"] as const;

/** No SDK in a child may look for credentials in the user's files or on the network. */
const NO_REAL_CREDENTIALS = {
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
} as const;

/** The environment for programs that need the user's own settings (pip's index, a proxy) but no Amazon credential. */
export const withoutCredentials = (parent: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parent).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !/^(AWS|AMAZON)_/i.test(entry[0]),
    ),
  );

export interface EmulatorSettings {
  /** Where ministack may write; must exist. */
  readonly folder: string;
  /** The edge's address: functions call it, and ministack builds the addresses that it hands out from its port. */
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly rootSecret: string;
}

/** Below the emulator's folder: what it loads at its start and what it writes while it runs. */
export const emulatorFolders = (folder: string) => ({
  state: join(folder, "state"),
  objects: join(folder, "s3"),
  temporary: join(folder, "tmp"),
  home: join(folder, "home"),
});

/**
 * The whole environment of ministack, and so of every function that it runs: warm workers inherit it.
 * IAM is on, only the one port is open, no container daemon is looked for, Node for the functions is our own.
 */
export const emulatorEnvironment = (parent: Environment, settings: EmulatorSettings): Record<string, string> => {
  const folders = emulatorFolders(settings.folder);
  const inherited = INHERITED.flatMap((name) => (parent[name] === undefined ? [] : [[name, parent[name]]]));
  return {
    ...Object.fromEntries(inherited),
    ...NO_REAL_CREDENTIALS,
    PATH: [dirname(process.execPath), parent.PATH].filter(Boolean).join(delimiter),
    HOME: folders.home,
    TMPDIR: folders.temporary,
    AUTH: "true",
    PERSIST_STATE: "1",
    S3_PERSIST: "1",
    STATE_DIR: folders.state,
    S3_DATA_DIR: folders.objects,
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
    LAMBDA_EXECUTOR: "local",
    DOCKER_HOST: "unix:///dev/null/none",
    GATEWAY_PORT: new URL(settings.endpoint).port,
    MINISTACK_ACCOUNT_ID: settings.accountId,
    MINISTACK_REGION: settings.region,
    AWS_ENDPOINT_URL: settings.endpoint,
    // No SDK calls it: it is what a chat token's answer tells clients, whom the edge takes on a path of its own.
    AWS_ENDPOINT_URL_IVSCHAT_MESSAGING: `${settings.endpoint.replace("http", "ws")}${CHAT_PATH}`,
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_ACCESS_KEY_ID: settings.accountId,
    AWS_SECRET_ACCESS_KEY: settings.rootSecret,
  };
};
