/** What the encoder is told to send, and where to. It comes on its standard input, because others can read arguments. */
export interface Order {
  /** Without the stream key: `rtmps://127.0.0.1:1936/app`. */
  readonly url: string;
  readonly streamKey: string;
  /** The local cloud's folder: ffmpeg is installed in it, and the test clip kept. */
  readonly folder: string;
  /** What is sent, over and over. @default the test clip */
  readonly file?: string | undefined;
  /** A file in PEM: the only certificate authority that is believed. @default those of Node */
  readonly certificate?: string | undefined;
}

const REQUIRED = ["url", "streamKey", "folder"] as const;
const OPTIONAL = ["file", "certificate"] as const;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** @throws TypeError that names the field, never its value */
export const parseOrder = (line: string): Order => {
  let order: unknown;
  try {
    order = JSON.parse(line);
  } catch {
    throw new TypeError("the order must be one line of JSON");
  }
  const fields = new Map(Object.entries(typeof order === "object" && order !== null ? order : {}));
  const wrong =
    REQUIRED.find((name) => !isText(fields.get(name))) ??
    OPTIONAL.find((name) => fields.has(name) && !isText(fields.get(name)));
  if (wrong !== undefined) throw new TypeError(`the order's ${wrong} must be a text that is not empty`);
  if (!/^rtmps?:\/\/[^/]+\/./.test(String(fields.get("url")))) {
    throw new TypeError("the order's url must begin with rtmp:// or rtmps:// and name an application");
  }
  return Object.fromEntries(fields) as unknown as Order;
};
