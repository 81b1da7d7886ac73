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
  {
    name: "users",
    summary: "List accounts, show one, or have one put right.",
    load: async () => (await import("../users/verb.ts")).usersVerb,
  },
  {
    name: "events",
    summary: "Put back events that failed for good, to try again.",
    load: async () => (await import("../events/verb.ts")).eventsVerb,
  },
  {
    name: "lock",
    summary: "Say who holds the lock of a state, or release one.",
    load: async () => (await import("../lock/verb.ts")).lockVerb,
  },
  {
    name: "doctor",
    summary: "Look at an installation, and say what is wrong.",
    load: async () => (await import("../doctor/verb.ts")).doctorVerb,
  },
  {
    name: "reconcile",
    summary: "Run now what puts live states and accounts right.",
    load: async () => (await import("../reconcile/verb.ts")).reconcileVerb,
  },
  {
    name: "converge",
    summary: "Make channels, rooms and rings be as settings say.",
    load: async () => (await import("../converge/verb.ts")).convergeVerb,
  },
  {
    name: "destroy",
    summary: "List all of an environment, and remove it.",
    load: async () => (await import("../destroy/verb.ts")).destroyVerb,
  },
  {
    name: "playback-url",
    summary: "Print an address that plays a private channel.",
    load: async () => (await import("../playback-url/verb.ts")).playbackUrlVerb,
  },
  {
    name: "token",
    summary: "Say what a playback token allows, and what is wrong.",
    load: async () => (await import("../token/verb.ts")).tokenVerb,
  },
  {
    name: "keys",
    summary: "List, make, import and change the keys of tokens.",
    load: async () => (await import("../keys/verb.ts")).keysVerb,
  },
  {
    name: "plan",
    summary: "Plan stacks, and keep what a review reads.",
    load: async () => (await import("../plan/verb.ts")).planVerb,
  },
  {
    name: "review",
    summary: "Say what plans do, and refuse what must not be.",
    load: async () => (await import("../review/verb.ts")).reviewVerb,
  },
  {
    name: "apply",
    summary: "Plan afresh, and apply it if it is what was reviewed.",
    load: async () => (await import("../apply/verb.ts")).applyVerb,
  },
];
