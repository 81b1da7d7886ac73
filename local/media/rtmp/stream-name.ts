/** The stream key of a name that may have a query behind it, as some encoders send it. */
export const streamKeyOf = (name: string): string => name.split("?", 1)[0] ?? "";

/** A stream key as a log may show it: its last four characters, and none at all where that would be much of it. */
export const maskStreamKey = (key: string): string =>
  `…${key.length >= 16 ? key.slice(-4).replaceAll(/[^\w-]/g, "?") : ""}`;

/** The one application that Amazon IVS has; encoders differ in slashes and queries around it. */
export const isApplication = (name: unknown): boolean => typeof name === "string" && /^\/?app\/?(\?.*)?$/s.test(name);
