/** What an encoder publishes to. */
export interface StreamName {
  readonly streamKey: string;
  /** What follows the key after a question mark, where Amazon IVS has the priority of a takeover. */
  readonly query: URLSearchParams;
}

/** Takes a name apart: `sk_…?priority=2`. */
export const readStreamName = (name: string): StreamName => {
  const end = name.includes("?") ? name.indexOf("?") : name.length;
  return { streamKey: name.slice(0, end), query: new URLSearchParams(name.slice(end)) };
};

/** A stream key as a log may show it: its last four characters, and none at all where that would be much of it. */
export const maskStreamKey = (key: string): string =>
  `…${key.length >= 16 ? key.slice(-4).replaceAll(/[^\w-]/g, "?") : ""}`;

/** The one application that Amazon IVS has; encoders differ in slashes and queries around it. */
export const isApplication = (name: unknown): boolean => typeof name === "string" && /^\/?app\/?(\?.*)?$/s.test(name);
