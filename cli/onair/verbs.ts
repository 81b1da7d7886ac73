import type { VerbEntry } from "./verb.ts";

/** All that `onair` does. */
export const verbs: readonly VerbEntry[] = [
  {
    name: "status",
    summary: "Show the target, its channels, and who is live.",
    load: async () => (await import("../status/verb.ts")).statusVerb,
  },
  {
    name: "stream-key",
    summary: "Print a channel's stream key, and where to send to.",
    load: async () => (await import("../stream-key/verb.ts")).streamKeyVerb,
  },
  {
    name: "test-stream",
    summary: "Go live on a channel with a test clip or a file.",
    load: async () => (await import("../test-stream/verb.ts")).testStreamVerb,
  },
];
