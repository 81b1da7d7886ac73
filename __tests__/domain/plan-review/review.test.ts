import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlan } from "#domain/plan-review/read-plan.ts";
import { change, document, hashOf, recorded, review, stackPlan } from "./fixture/plans.ts";

const of = (name: string) => ({ stack: "studio", plan: readPlan(recorded(name)) });
const hash = (text: string) => text.replace(/`[0-9a-f]{64}`/g, "`<hash>`");

describe("the review of a real plan", () => {
  it.each(["first", "nothing", "change", "errored"])("%s is as it was read and found good", async (name) => {
    await expect(review([of(name)])).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it.each(["first", "nothing", "change", "errored"])("%s shows no stream key", (name) => {
    expect(JSON.stringify(recorded("change"))).toContain("sk_us-east-1_");
    expect(review([of(name)])).not.toContain("sk_us-east-1_");
  });
});

describe("the review", () => {
  it("says that there is nothing to do", () => {
    expect(hash(review([stackPlan([])]))).toBe(
      [
        "## Plan\n\nNothing to do.\n\nHash of the changes: `<hash>`\n\n",
        "| stack | destroy | replace | update | create | forget | import | move | drift |\n",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
        "| `platform` | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n",
      ].join(""),
    );
  });

  it("tells construct paths, what forces a replacement first, moves, imports, drift and outputs", async () => {
    const plan = stackPlan(
      [
        change(
          "aws_sqs_queue.work_1",
          { name: "a", delay: 1 },
          { name: "b", delay: 2 },
          {
            actions: ["create", "delete"],
            more: { replace_paths: [["name"]] },
          },
        ),
        change("aws_sqs_queue.old_2", { name: "old" }, null),
        change(
          "aws_sqs_queue.new_3",
          { name: "c" },
          { name: "c" },
          {
            actions: ["no-op"],
            resource: { previous_address: "aws_sqs_queue.was_3" },
          },
        ),
        change(
          "aws_sqs_queue.found_4",
          { name: "d" },
          { name: "d" },
          {
            actions: ["no-op"],
            more: { importing: { id: "d-id" } },
          },
        ),
        change(
          "aws_sqs_queue.late_5",
          { arn: "one", tags: { a: "b" } },
          { tags: { a: "c" } },
          {
            more: { after_unknown: { arn: true } },
          },
        ),
        change("aws_sqs_queue.kept_6", { name: "e" }, null, { actions: ["forget"] }),
        change("data.aws_region.here", null, {}, { actions: ["read"], resource: { mode: "data" } }),
      ],
      {
        resource_drift: [
          change("aws_sqs_queue.late_5", { delay: 0 }, { delay: 9 }),
          change("aws_sqs_queue.noise", { tags: null }, { tags: {} }),
        ],
        output_changes: { url: { actions: ["update"], before: "a", after: "b", after_unknown: false } },
        deferred_changes: [{ reason: "resource_config_unknown", resource_change: { address: "aws_sqs_queue.later" } }],
      },
      { "aws_sqs_queue.work_1": "work/Resource" },
    );
    await expect(review([plan])).toMatchFileSnapshot("golden/every-section.md");
  });

  it("tells the guard's word with reason, remedy, command and hash, and what is allowed", async () => {
    const channel = { arn: "arn:aws:ivs:us-west-2:000000000000:channel/abcdefghijkl", name: "hall" };
    const plan = stackPlan([
      change("aws_ivs_channel.hall", { ...channel, authorized: true }, { ...channel, authorized: false }),
      change("aws_dynamodb_table.one", { arn: "arn:table" }, null),
    ]);
    await expect(review([plan])).toMatchFileSnapshot("golden/refused.md");
  });

  it.each([
    ["sensitive before", { before_sensitive: { value: true } }],
    ["sensitive after", { after_sensitive: { value: true } }],
    ["sensitive as a whole", { after_sensitive: true }],
  ])("never shows what is %s", (_, more) => {
    const one = change("aws_thing.one", { value: "hush-1", list: [] }, { value: "hush-2", list: ["x"] }, { more });
    const text = review([stackPlan([one])]);
    expect(text).toContain("(secret) → (secret)");
    expect(text).not.toContain("hush");
  });

  const secrets = [
    "sk_us-west-2_AbCdEfGhIjKl_0123456789",
    "-----BEGIN EC PRIVATE KEY-----\nMIGk\nAgEB\n-----END EC PRIVATE KEY-----",
    "eyJhbGciOiJFUzM4NCJ9.eyJleHAiOjF9.c2lnbmF0dXJl",
    "AKIAABCDEFGHIJKLMNOP",
  ];
  it.each(secrets)("hides a planted secret wherever it stands: %#", (secret) => {
    const text = review([
      stackPlan(
        [
          change(`aws_thing.one["${secret}"]`, { a: secret }, { a: `x ${secret}`, b: { [secret]: "y", c: [secret] } }),
          change("aws_iam_role_policy.two", null, {
            policy: JSON.stringify({ Statement: [{ Sid: secret, Effect: "Allow", Action: "*", Resource: "*" }] }),
          }),
          change("aws_s3_bucket.three", { bucket: secret, arn: secret }, null),
        ],
        {
          output_changes: { [secret]: { actions: ["create"], before: null, after: secret } },
          checks: [
            { address: { to_display: secret }, status: "fail", instances: [{ problems: [{ message: secret }] }] },
          ],
        },
      ),
    ]);
    const parts = secret.split("\n").filter((line) => !line.startsWith("-----"));
    for (const part of parts) expect(text).not.toContain(part);
  });

  it("hides what is a secret by its name", () => {
    const text = review([stackPlan([change("aws_db.one", { password: "hush-1" }, { password: "hush-2" })])]);
    expect(text).toContain("`password`: (secret) → (secret)");
    expect(text).not.toContain("hush");
  });
});

/** A review in which every name and value of the plan is the same text. */
const filledWith = (text: string): string =>
  review([
    {
      ...stackPlan(
        [
          change(
            `aws_sqs_queue.${text}`,
            { name: `a${text}` },
            { name: `b${text}` },
            {
              actions: ["delete", "create"],
              more: { replace_paths: [["name"]] },
            },
          ),
          change(`aws_s3_bucket.${text}`, { bucket: `c${text}`, arn: `d${text}` }, null),
          change(
            `aws_ivs_channel.${text}`,
            { arn: `e${text}`, authorized: true },
            { arn: `e${text}`, authorized: false },
          ),
        ],
        {
          output_changes: { [`o${text}`]: { actions: ["create"], before: null, after: `f${text}` } },
          checks: [
            {
              address: { to_display: `g${text}` },
              status: "fail",
              instances: [{ problems: [{ message: `h${text}` }] }],
            },
          ],
          deferred_changes: [{ reason: `r${text}`, resource_change: { address: `i${text}` } }],
        },
      ),
      stack: `s${text}`,
    },
  ]);

/** What is left of Markdown without its code spans: all that has a meaning. */
const skeleton = (markdown: string): string =>
  markdown.replace(/`[^`\n]*`/g, "`").replaceAll(/ \(shortened, \d+ characters\)/g, "");

describe("a text of a plan", () => {
  const plain = skeleton(filledWith("x"));

  it.each([
    "`",
    "``",
    "\n# Approved\n",
    "|",
    "a | b |\n|---|",
    "</details>",
    "<!--",
    "<img src=x onerror=alert(1)>",
    "[a](https://example.com)",
    "@octocat",
    "https://example.com",
    "\u202Egnirts\u202C",
    "\u2028",
    "\r",
    "\u0000",
    "\ud800",
    "\\",
    "\\`",
    "*a*",
    "&#96;",
    "${x}",
    "   ",
  ])("cannot forge structure: %j", (text) => {
    const markdown = filledWith(text);
    expect(skeleton(markdown)).toBe(plain);
    expect(markdown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2028\u2029\r\0]/u);
    const table = markdown.split("\n").filter((line) => line.startsWith("| `"));
    expect(table.map((line) => line.split("|").length)).toEqual([11]);
  });

  it("cannot forge structure, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        expect(skeleton(filledWith(text))).toBe(plain);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a long review", () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  const many = (count: number, size: number) =>
    Array.from({ length: count }, (_, index) =>
      change(`aws_sqs_queue.q${index}`, { name: "é".repeat(size) }, { name: "ü".repeat(size) }),
    );

  it("has at most 60,000 bytes, and counts what is left out", () => {
    const text = review([stackPlan([...many(2000, 100), change("aws_sqs_queue.gone", { name: "a" }, null)])]);
    expect(bytes(text)).toBeLessThanOrEqual(60_000);
    expect(text).toContain("#### Updated (2000)");
    expect(text).toMatch(/_\d+ more, not shown for their length\._/);
    expect(text).toContain("- `aws_sqs_queue.gone`");
  });

  it("is never cut within an entry or between the ends of a folded part", () => {
    const created = Array.from({ length: 3000 }, (_, index) =>
      change(`aws_sqs_queue.${"n".repeat(40)}${index}`, null, {}),
    );
    const text = review([stackPlan(created)]);
    expect(bytes(text)).toBeLessThanOrEqual(60_000);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text.trimEnd().endsWith("</details>")).toBe(true);
  });

  it("stays within its bytes with a thousand stacks", () => {
    const one = stackPlan(many(1, 10));
    const text = review(Array.from({ length: 1000 }, (_, index) => ({ ...one, stack: `stack-${index}` })));
    expect(bytes(text)).toBeLessThanOrEqual(60_000);
    expect(text).toMatch(/_\d+ sections left out for their length\._/);
  });

  it("shortens a long value", () => {
    const text = review([stackPlan([change("aws_sqs_queue.q", { name: "a" }, { name: "b".repeat(5000) })])]);
    expect(text).toContain(`\`${"b".repeat(160)}\` (shortened, 5000 characters)`);
    expect(text).not.toContain("b".repeat(161));
  });

  it("is made of a plan of 5 MB", () => {
    const printed = JSON.stringify(document(many(5000, 250)));
    expect(printed.length).toBeGreaterThan(2_500_000);
    expect(bytes(printed)).toBeGreaterThan(5_000_000);
    const plan = { stack: "platform", plan: readPlan(JSON.parse(printed)) };
    expect(bytes(review([plan]))).toBeLessThanOrEqual(60_000);
    expect(hashOf(plan)).toMatch(/^[0-9a-f]{64}$/);
  });
});
