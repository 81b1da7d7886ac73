import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextStep, propagationMilliseconds, type RotationFacts } from "#cli/keys/next-step.ts";

const deployedAt = 1_000_000;
/** Of 300 s tokens, and a minute more. */
const runOut = deployedAt + 360_000;
const known = deployedAt + propagationMilliseconds;
const later = deployedAt + 3_600_000;

/** Rings as words: `"a b"`. What the outputs say is what the function has, unless said. */
const facts = (settings: string, deployed: string, more: Partial<RotationFacts> = {}): RotationFacts => {
  const split = (ring: string) => ring.split(" ").filter((name) => name !== "");
  const ring = split(deployed);
  const times = { deployedAt, tokenSeconds: 300, now: later };
  return { newKey: "b", settings: split(settings), deployed: ring, outputs: ring, ...times, ...more };
};

describe("the steps of a rotation from a to b", () => {
  it.each<[string, RotationFacts, unknown]>([
    ["adds the new key", facts("a", "a"), { kind: "add", name: "b" }],
    [
      "has it deployed beside the old one",
      facts("a b", "a"),
      { kind: "deploy", change: { added: ["b"], removed: [] } },
    ],
    [
      "waits until IVS knows it everywhere",
      facts("a b", "a b", { now: known - 1 }),
      { kind: "wait", for: "new-key", key: "b", until: known },
    ],
    ["makes it the first", facts("a b", "a b", { now: known }), { kind: "make-first", name: "b", old: "a" }],
    [
      "has it deployed as the one that signs",
      facts("b a", "a b"),
      { kind: "deploy", change: { added: [], removed: [], signs: "b" } },
    ],
    [
      "waits until the last token of the old key has run out",
      facts("b a", "b a", { now: runOut - 1 }),
      { kind: "wait", for: "old-tokens", key: "a", until: runOut },
    ],
    ["removes the old one", facts("b a", "b a", { now: runOut }), { kind: "remove", name: "a", signs: "b" }],
    ["has that deployed", facts("b", "b a"), { kind: "deploy", change: { added: [], removed: ["a"] } }],
    ["is done", facts("b", "b"), { kind: "done", signs: "b" }],
  ])("%s", (_, given, step) => {
    expect(nextStep(given)).toEqual(step);
  });

  it("tells what was edited too early not to be deployed yet", () => {
    expect(nextStep(facts("b a", "a b", { now: known - 1 }))).toMatchObject({ kind: "deploy", notBefore: known });
    expect(nextStep(facts("b", "b a", { now: runOut - 1 }))).toMatchObject({ kind: "deploy", notBefore: runOut });
  });

  it("has the first key ever deployed like any other", () => {
    expect(nextStep(facts("a", ""))).toEqual({ kind: "deploy", change: { added: ["a"], removed: [], signs: "a" } });
  });

  it("waits as long as the platform's tokens live, and a minute", () => {
    const step = nextStep(facts("b a", "b a", { tokenSeconds: 600, now: runOut }));
    expect(step).toMatchObject({ kind: "wait", until: deployedAt + 660_000 });
  });
});

describe("a rotation stops", () => {
  it.each<[string, RotationFacts, string, string]>([
    [
      "where no key is deployed",
      facts("", ""),
      "The deployed platform has no key, so there is none to change.",
      "Make one: onair keys create NAME; or write an entry into playbackKeys",
    ],
    [
      "where a deploy broke off",
      facts("a b", "a", { outputs: ["a", "b"] }),
      "A deploy broke off: the function signs with a, the stack says a, b.",
      "Deploy once more",
    ],
    [
      "before the key that signs is dropped",
      facts("b", "a b"),
      "The settings drop a, which signs now: every viewer's token would be worth nothing at once.",
      "Put playbackKeys back to: a, b",
    ],
    [
      "before every key is dropped",
      facts("", "a"),
      "The settings drop a, which signs now: every viewer's token would be worth nothing at once.",
      "Put playbackKeys back to: a",
    ],
    [
      "before a key signs that IVS never saw",
      facts("b a", "a"),
      "The settings sign with b, which IVS does not know yet: its tokens would be refused for a while.",
      "Put playbackKeys back to: a",
    ],
    [
      "before a key is dropped while another comes",
      facts("a c", "a b"),
      "The settings add c and drop b at once.",
      "Put playbackKeys back to: a, b",
    ],
    [
      "before another key signs while one is dropped",
      facts("b a", "a b c"),
      "The settings sign with another key and drop c at once.",
      "Put playbackKeys back to: a, b, c",
    ],
    [
      "at a ring of three",
      facts("a b c", "a b c"),
      "The ring has 3 keys, a, b, c; a rotation is between two.",
      "Go by hand, one step a deploy: docs/guide/rings.md",
    ],
    [
      "where nobody says which of two is the new one",
      facts("a b", "a b", { newKey: undefined }),
      "a signs and IVS knows b beside it; which one is new, nothing here says.",
      "To sign with b: onair keys rotate --new b; to remove it: onair keys rotate --new a",
    ],
    [
      "where another one is on its way",
      facts("a c", "a c"),
      "Two keys are deployed, a and c: b comes when one of them is gone.",
      "To sign with c: onair keys rotate --new c; to remove it: onair keys rotate --new a",
    ],
    [
      "where none was begun",
      facts("a", "a", { newKey: undefined }),
      "Nothing is on its way: a signs, alone.",
      "To change to a new key: onair keys rotate --new NAME",
    ],
  ])("%s", (_, given, why, cure) => {
    expect(nextStep(given)).toEqual({ kind: "blocked", why, cure });
  });
});

const ring = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { maxLength: 3 });
const anyFacts: fc.Arbitrary<RotationFacts> = fc
  .record({
    newKey: fc.constantFrom("a", "b", "c", undefined),
    settings: ring,
    deployed: ring,
    deployedAt: fc.constant(deployedAt),
    tokenSeconds: fc.integer({ min: 90, max: 600 }),
    now: fc.integer({ min: deployedAt, max: later }),
  })
  .chain((given) =>
    fc.record({ outputs: fc.constantFrom(given.deployed, ["x"]) }).map((more) => ({ ...given, ...more })),
  );

describe("whatever the facts are", () => {
  it("no step drops the key that signs, or signs with one that was not deployed for a while", () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const step = nextStep(given);
        const [signs] = given.deployed;
        if (step.kind === "remove") {
          expect(step.name).not.toBe(signs);
          expect(given.now).toBeGreaterThanOrEqual(deployedAt + given.tokenSeconds * 1000);
        }
        if (step.kind === "make-first") {
          expect(given.deployed).toContain(step.name);
          expect(given.now).toBeGreaterThanOrEqual(known);
        }
        if (step.kind === "deploy") {
          expect(step.change.removed).not.toContain(signs);
          if (signs !== undefined) expect(given.deployed).toContain(given.settings[0]);
        }
        if (step.kind === "add") expect(given.deployed).not.toContain(step.name);
      }),
      { numRuns: 2000 },
    );
  });

  it("an operator who does what is said, and deploys, ends with the new key alone", () => {
    fc.assert(
      fc.property(fc.constantFrom("a", "a b", "b a"), fc.boolean(), (begin, deploysLate) => {
        let settings = begin.split(" ");
        let deployed = [...settings];
        let now = deployedAt;
        let at = deployedAt;
        for (let calls = 0; calls < 20; calls++) {
          const step = nextStep({
            newKey: "b",
            settings,
            deployed,
            outputs: deployed,
            deployedAt: at,
            tokenSeconds: 300,
            now,
          });
          if (step.kind === "done") {
            expect(deployed).toEqual(["b"]);
            return;
          }
          if (step.kind === "add") settings = [...settings, step.name];
          else if (step.kind === "make-first") settings = [step.name, step.old];
          else if (step.kind === "remove") settings = [step.signs];
          else if (step.kind === "wait") now = step.until;
          else if (step.kind === "deploy") {
            expect(step.notBefore).toBeUndefined();
            if (deploysLate) now += 10_000;
            [deployed, at] = [[...settings], now];
          } else throw new Error(step.why);
        }
        throw new Error("never done");
      }),
    );
  });
});
