import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addEntry, makeFirst, type RingEntry, removeEntry } from "#cli/keys/edit-ring.ts";

type Ring = readonly RingEntry[];

const settings = (ring: string | undefined, beside = `"region": "us-west-2"`) =>
  `{ "context": { "environments": { "dev": { ${beside}${ring === undefined ? "" : `, "playbackKeys": ${ring}`} } } } }`;
const dev = (text: string) => ({ text, environment: "dev" });
const ringOf = (text: string, environment = "dev"): Ring | undefined =>
  JSON.parse(text).context.environments[environment].playbackKeys;

describe("an entry that is added to cdktf.json", () => {
  it.each([
    [`[{ "name": "a" }]`, `[{ "name": "a" }, { "name": "b" }]`],
    [`[{"name":"a"},{"name":"c"}]`, `[{"name":"a"},{"name":"c"},{ "name": "b" }]`],
    [`[]`, `[{ "name": "b" }]`],
    [`[\n  { "name": "a" }\n]`, `[\n  { "name": "a" },\n  { "name": "b" }\n]`],
    [`[\r\n\t{ "name": "a" }\r\n]`, `[\r\n\t{ "name": "a" },\r\n\t{ "name": "b" }\r\n]`],
  ])("stands last in %j, written as the others are", (before, after) => {
    expect(addEntry(dev(settings(before)), { name: "b" })).toBe(settings(after));
  });

  it("makes the ring where there is none", () => {
    expect(addEntry(dev(settings(undefined)), { name: "b" })).toBe(settings(`[{ "name": "b" }]`));
  });

  it("has its public half on one line", () => {
    const text = addEntry(dev(settings("[]")), { name: "b", publicKeyPem: "-----BEGIN\n-----END\n" });
    expect(text).toBe(settings(`[{ "name": "b", "publicKeyPem": "-----BEGIN\\n-----END\\n" }]`));
  });

  it("is that of its environment alone, whatever stands in other texts", () => {
    const tricky = String.raw`{"context":{"environments":{"prod":{"playbackKeys":[]},"dev":{"tags":{"playbackKeys":"[{\"]}"},"playbackKeys":[]}}},"playbackKeys":[]}`;
    const text = addEntry(dev(tricky), { name: "b" });
    expect(text).toBe(tricky.replace(`},"playbackKeys":[]}}}`, `},"playbackKeys":[{ "name": "b" }]}}}`));
  });
});

describe("a ring in cdktf.json", () => {
  it("has another first entry, and keeps what stands between", () => {
    const text = settings(`[ {"name":"a"} ,\n { "name": "b" },{"name":"c"}]`);
    expect(makeFirst(dev(text), 1)).toBe(settings(`[ { "name": "b" } ,\n {"name":"a"},{"name":"c"}]`));
    expect(makeFirst(dev(text), 2)).toBe(settings(`[ {"name":"c"} ,\n {"name":"a"},{ "name": "b" }]`));
  });

  it.each([
    [0, `[\n { "name": "b" }\n]`],
    [1, `[\n { "name": "a" }\n]`],
  ])("loses entry %i with what parted it from the other", (index, after) => {
    expect(removeEntry(dev(settings(`[\n { "name": "a" },\n { "name": "b" }\n]`)), index)).toBe(settings(after));
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
const entry: fc.Arbitrary<RingEntry> = fc.record(
  { name, publicKeyPem: fc.string({ unit: "binary" }) },
  { requiredKeys: ["name"] },
);
/** Settings of any content and any spelling: blanks go where JSON allows them, and nowhere else. */
const written = fc
  .record({
    ring: fc.option(fc.array(entry, { maxLength: 4 }), { nil: undefined }),
    other: fc.jsonValue({ maxDepth: 3 }),
    region: fc.string(),
    indent: fc.constantFrom("", " ", "  ", "\t"),
    crlf: fc.boolean(),
  })
  .map(({ ring, other, region, indent, crlf }) => {
    const environment = { region, other, ...(ring && { playbackKeys: ring }), tags: { playbackKeys: other } };
    const json = { a: other, context: { more: [other], environments: { prod: environment, dev: environment } } };
    const text = JSON.stringify(json, undefined, indent);
    return { ring, text: crlf ? text.replaceAll("\n", "\r\n") : text };
  });

/** The JSON without one ring, to compare the rest. */
const withoutRing = (text: string) => {
  const json = JSON.parse(text);
  delete json.context.environments.dev.playbackKeys;
  return json;
};
/** What two texts have in common at both ends, which an edit may not touch. */
const untouched = (before: string, after: string) => {
  let head = 0;
  while (head < before.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return head + tail;
};

describe("any settings", () => {
  it("have one entry more, last, and every byte that they had", () => {
    fc.assert(
      fc.property(written, entry, ({ text, ring }, added) => {
        const after = addEntry(dev(text), added);
        expect(ringOf(after)).toEqual([...(ring ?? []), added]);
        expect(withoutRing(after)).toEqual(withoutRing(text));
        // An empty ring may have had a blank between its brackets.
        expect(untouched(text, after)).toBe(text.length);
      }),
    );
  });

  it("have their entries in another order, in a text as long as before", () => {
    fc.assert(
      fc.property(written, fc.nat(3), ({ text, ring = [] }, index) => {
        const after = makeFirst(dev(text), index);
        const chosen = ring[index];
        expect(ringOf(after) ?? []).toEqual(
          chosen === undefined ? ring : [chosen, ...ring.filter((_, place) => place !== index)],
        );
        expect(withoutRing(after)).toEqual(withoutRing(text));
        expect(after.length).toBe(text.length);
      }),
    );
  });

  it("lose one entry, and nothing else", () => {
    fc.assert(
      fc.property(written, fc.nat(3), ({ text, ring = [] }, index) => {
        const after = removeEntry(dev(text), index);
        expect(ringOf(after) ?? []).toEqual(ring.filter((_, place) => place !== index));
        expect(withoutRing(after)).toEqual(withoutRing(text));
        expect(untouched(text, after)).toBe(after.length);
      }),
    );
  });

  it("are as they were when what was added is removed again", () => {
    fc.assert(
      fc.property(written, entry, ({ text, ring }, added) => {
        fc.pre(ring !== undefined && ring.length > 0);
        expect(removeEntry(dev(addEntry(dev(text), added)), ring?.length ?? 0)).toBe(text);
      }),
    );
  });
});
