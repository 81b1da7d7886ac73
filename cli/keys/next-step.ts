/**
 * How long IVS may take until a new key is known wherever tokens are checked. Unverified: the service names no time; five
 * minutes is what its other changes are given.
 */
export const propagationMilliseconds = 5 * 60_000;

/** What an old copy of the function may go on with after a deploy, and what clocks may differ by. */
const marginMilliseconds = 60_000;

/** All that decides what comes next. Rings are the names of keys; the first one signs. */
export interface RotationFacts {
  /** The key that is to sign; undefined where the operator named none. */
  readonly newKey: string | undefined;
  /** As cdktf.json says. */
  readonly settings: readonly string[];
  /** As the function that signs has it. */
  readonly deployed: readonly string[];
  /** As the stack's outputs say: another one than the function's where a deploy broke off. */
  readonly outputs: readonly string[];
  /** When the function was last deployed, in milliseconds: not before the last change of the ring. */
  readonly deployedAt: number;
  /** How long a token of the platform may begin playback. */
  readonly tokenSeconds: number;
  readonly now: number;
}

/** What a deploy of the settings would change in the ring. */
export interface RingChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** The key that signs then; absent where it is the one that signs now. */
  readonly signs?: string;
}

/** What there is to do next. Times are in milliseconds. */
export type RotationStep =
  | { readonly kind: "add"; readonly name: string }
  | { readonly kind: "deploy"; readonly change: RingChange; readonly notBefore?: number }
  | { readonly kind: "wait"; readonly for: "new-key" | "old-tokens"; readonly key: string; readonly until: number }
  | { readonly kind: "make-first"; readonly name: string; readonly old: string }
  | { readonly kind: "remove"; readonly name: string; readonly signs: string }
  | { readonly kind: "done"; readonly signs: string }
  /** Nothing can be done before somebody decides. */
  | { readonly kind: "blocked"; readonly why: string; readonly cure: string };

const list = (names: readonly string[]): string => (names.length === 0 ? "no key" : names.join(", "));
const same = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join();

/**
 * The next step of a rotation, from facts alone, so that whoever asks again is told the same until something changed: add
 * the new key as the second, deploy, wait until it is known, make it the first, deploy, wait out the longest token, remove
 * the old one, deploy.
 */
export function nextStep(facts: RotationFacts): RotationStep {
  const { settings, deployed, outputs } = facts;
  const [signs] = deployed;
  const [first] = settings;
  if (signs === undefined) {
    if (first !== undefined) return { kind: "deploy", change: { added: settings, removed: [], signs: first } };
    const why = "The deployed platform has no key, so there is none to change.";
    return { kind: "blocked", why, cure: "Make one: onair keys create NAME; or write an entry into playbackKeys" };
  }
  if (!same(deployed, outputs)) {
    const why = `A deploy broke off: the function signs with ${list(deployed)}, the stack says ${list(outputs)}.`;
    return { kind: "blocked", why, cure: "Deploy once more" };
  }
  if (!same(settings, deployed)) return deployStep(facts, signs);
  return settledStep(facts, signs);
}

/** The settings are ahead of what is deployed: one step of the order at a time, each in its time. */
function deployStep({ settings, deployed, ...times }: RotationFacts, signs: string): RotationStep {
  const added = settings.filter((name) => !deployed.includes(name));
  const removed = deployed.filter((name) => !settings.includes(name));
  const [first] = settings;
  const putBack = `Put playbackKeys back to: ${list(deployed)}`;
  const refuse = (why: string): RotationStep => ({ kind: "blocked", why, cure: putBack });
  if (first === undefined || removed.includes(signs)) {
    return refuse(`The settings drop ${signs}, which signs now: every viewer's token would be worth nothing at once.`);
  }
  if (added.includes(first)) {
    return refuse(
      `The settings sign with ${first}, which IVS does not know yet: its tokens would be refused for a while.`,
    );
  }
  if (added.length > 0 && removed.length > 0) {
    return refuse(`The settings add ${list(added)} and drop ${list(removed)} at once.`);
  }
  if (first !== signs && removed.length > 0) {
    return refuse(`The settings sign with another key and drop ${list(removed)} at once.`);
  }
  const notBefore = first !== signs ? knownAt(times) : removed.length > 0 ? runOutAt(times) : 0;
  const change = { added, removed, ...(first !== signs && { signs: first }) };
  return { kind: "deploy", change, ...(notBefore > times.now && { notBefore }) };
}

type Times = Pick<RotationFacts, "deployedAt" | "tokenSeconds" | "now">;
const knownAt = ({ deployedAt }: Pick<Times, "deployedAt">): number => deployedAt + propagationMilliseconds;
const runOutAt = ({ deployedAt, tokenSeconds }: Pick<Times, "deployedAt" | "tokenSeconds">): number =>
  deployedAt + tokenSeconds * 1000 + marginMilliseconds;

/** What is deployed is what the settings say. */
function settledStep(facts: RotationFacts, signs: string): RotationStep {
  const { settings, newKey, now } = facts;
  const [, second, ...more] = settings;
  if (more.length > 0) {
    const why = `The ring has ${settings.length} keys, ${list(settings)}; a rotation is between two.`;
    return { kind: "blocked", why, cure: "Go by hand, one step a deploy: docs/guide/rings.md" };
  }
  if (second === undefined) return aloneStep(signs, newKey);
  if (newKey === second) {
    const until = knownAt(facts);
    if (until > now) return { kind: "wait", for: "new-key", key: second, until };
    return { kind: "make-first", name: second, old: signs };
  }
  if (newKey === signs) {
    const until = runOutAt(facts);
    if (until > now) return { kind: "wait", for: "old-tokens", key: second, until };
    return { kind: "remove", name: second, signs };
  }
  const cure = `To sign with ${second}: onair keys rotate --new ${second}; to remove it: onair keys rotate --new ${signs}`;
  if (newKey === undefined) {
    const why = `${signs} signs and IVS knows ${second} beside it; which one is new, nothing here says.`;
    return { kind: "blocked", why, cure };
  }
  const why = `Two keys are deployed, ${signs} and ${second}: ${newKey} comes when one of them is gone.`;
  return { kind: "blocked", why, cure };
}

function aloneStep(signs: string, newKey: string | undefined): RotationStep {
  if (newKey === signs) return { kind: "done", signs };
  if (newKey !== undefined) return { kind: "add", name: newKey };
  const why = `Nothing is on its way: ${signs} signs, alone.`;
  return { kind: "blocked", why, cure: "To change to a new key: onair keys rotate --new NAME" };
}
