import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashedChanges } from "#domain/plan-review/canonical.ts";
import type { StackPlan } from "#domain/plan-review/plan.ts";
import { readPlan } from "#domain/plan-review/read-plan.ts";
import { change, hashOf, recorded, sha256, stackPlan } from "./fixture/plans.ts";

const update = change("aws_sqs_queue.a", { arn: "arn:a", name: "a", delay: 1 }, { arn: "arn:a", name: "b", delay: 1 });
const made = change("aws_sqs_queue.b", null, { name: "b", policy: "p" });
const gone = change("aws_sqs_queue.c", { arn: "arn:c", delay: 1 }, null);
const kept = change("aws_sqs_queue.d", { name: "d" }, { name: "d" }, { actions: ["no-op"] });
const read = change("data.aws_region.e", null, { name: "e" }, { actions: ["read"], resource: { mode: "data" } });
const base = hashOf(stackPlan([update, made, gone]));

describe("the hash of changes", () => {
  it.each([
    ["what stays as it is, and reads", stackPlan([update, kept, read, made, gone])],
    ["the time, versions and drift", stackPlan([update, made, gone], { timestamp: "x", resource_drift: [update] })],
    [
      "another merge in between, which changed another attribute of what is updated and of what goes",
      stackPlan([
        change("aws_sqs_queue.a", { arn: "arn:a", name: "a", delay: 9 }, { arn: "arn:a", name: "b", delay: 9 }),
        made,
        change("aws_sqs_queue.c", { arn: "arn:c", delay: 9 }, null),
      ]),
    ],
    [
      "null where an empty list was read",
      stackPlan([
        change("aws_sqs_queue.a", { arn: "arn:a", name: "a", tags: null }, { arn: "arn:a", name: "b", tags: {} }),
        ...[made, gone],
      ]),
    ],
    ["an output that stays", stackPlan([update, made, gone], { output_changes: { o: { actions: ["no-op"] } } })],
  ])("is not changed by %s", (_, plan) => {
    expect(hashOf(plan)).toBe(base);
  });

  it.each([
    ["another value after", stackPlan([change("aws_sqs_queue.a", { name: "a" }, { name: "c" }), made, gone])],
    ["another value before", stackPlan([change("aws_sqs_queue.a", { name: "x" }, { name: "b" }), made, gone])],
    [
      "a value that is known later",
      stackPlan([
        update,
        change("aws_sqs_queue.b", null, { name: "b" }, { more: { after_unknown: { policy: true } } }),
        gone,
      ]),
    ],
    ["a change less", stackPlan([update, made])],
    [
      "another object at the same address",
      stackPlan([update, made, change("aws_sqs_queue.c", { arn: "arn:x" }, null)]),
    ],
    ["another address", stackPlan([update, change("aws_sqs_queue.x", null, { name: "b", policy: "p" }), gone])],
    [
      "an import",
      stackPlan([
        update,
        made,
        gone,
        change(
          "aws_sqs_queue.d",
          { name: "d" },
          { name: "d" },
          { actions: ["no-op"], more: { importing: { id: "d" } } },
        ),
      ]),
    ],
    [
      "a move",
      stackPlan([
        update,
        made,
        gone,
        change("aws_sqs_queue.d", {}, {}, { actions: ["no-op"], resource: { previous_address: "aws_sqs_queue.z" } }),
      ]),
    ],
    [
      "an output",
      stackPlan([update, made, gone], { output_changes: { o: { actions: ["create"], before: null, after: 1 } } }),
    ],
    ["an error while planning", stackPlan([update, made, gone], { errored: true })],
    ["another stack", { ...stackPlan([update, made, gone]), stack: "state" }],
  ])("is another one for %s", (_, plan) => {
    expect(hashOf(plan)).not.toBe(base);
  });

  /** A policy that names a queue yet to be made, so that its text is not known. */
  const policy = (more: Readonly<Record<string, unknown>> = {}, written?: StackPlan["written"]): StackPlan => ({
    ...stackPlan(
      [
        change(
          "aws_iam_role_policy.one",
          null,
          { name: "one" },
          { more: { after_unknown: { id: true, policy: true } } },
        ),
      ],
      more,
    ),
    ...(written && { written }),
  });
  const saying = (action: string) =>
    new Map([["aws_iam_role_policy.one", { name: "one", policy: `${action} on \${aws_sqs_queue.one.arn}` }]]);

  it("is another one for another text of a policy that is known later, by the stack's JSON", () => {
    const [one, other] = [policy({}, saying("sqs:SendMessage")), policy({}, saying("sqs:*"))];
    expect(hashOf(one)).toBe(hashOf(policy({}, saying("sqs:SendMessage"))));
    expect(hashOf(one)).not.toBe(hashOf(other));
    expect(hashedChanges(one, sha256)).not.toEqual(hashedChanges(other, sha256));
  });

  it("is one for each instance of what is written once", () => {
    const instance = (action: string) => ({
      ...stackPlan([change('aws_iam_role_policy.one["a"]', null, {}, { more: { after_unknown: { policy: true } } })]),
      written: saying(action),
    });
    expect(hashOf(instance("sqs:SendMessage"))).not.toBe(hashOf(instance("sqs:*")));
  });

  it("is another one for what that policy speaks of, by the plan alone", () => {
    const speaking = (...references: readonly string[]) =>
      policy({
        configuration: {
          root_module: { resources: [{ address: "aws_iam_role_policy.one", expressions: { policy: { references } } }] },
        },
      });
    expect(hashOf(speaking("aws_sqs_queue.one.arn"))).not.toBe(hashOf(speaking("aws_sqs_queue.two.arn")));
  });

  it("does not depend on what is written of values that are known, nor of those that the service gives", () => {
    const named = (name: string) => policy({}, new Map([["aws_iam_role_policy.one", { name }]]));
    expect(hashOf(named("one"))).toBe(hashOf(named("${local.one}")));
    expect(hashOf(named("one"))).toBe(hashOf(policy()));
  });

  it("knows the two orders of a replacement", () => {
    const replace = (actions: string[]) =>
      stackPlan([change("aws_sqs_queue.a", { name: "a" }, { name: "b" }, { actions })]);
    expect(hashOf(replace(["create", "delete"]))).not.toBe(hashOf(replace(["delete", "create"])));
  });

  it("tells sensitive values apart without holding them", () => {
    const of = (value: string) =>
      stackPlan([change("aws_thing.one", { value: "a" }, { value }, { more: { after_sensitive: { value: true } } })]);
    expect(hashOf(of("hush-1"))).toBe(hashOf(of("hush-1")));
    expect(hashOf(of("hush-1"))).not.toBe(hashOf(of("hush-2")));
  });

  it("does not depend on any order", () => {
    const plans = [stackPlan([update, made, gone]), { ...stackPlan([gone]), stack: "state" }];
    const expected = hashOf(...plans);
    fc.assert(
      fc.property(fc.shuffledSubarray([update, made, gone], { minLength: 3 }), fc.boolean(), (changes, turn) => {
        const both = [stackPlan(changes.map(withKeysTurned)), plans[1] ?? stackPlan([])];
        expect(hashOf(...(turn ? both.reverse() : both))).toBe(expected);
      }),
    );
  });

  it("of a real plan is that of another reading of it", () => {
    const of = (name: string) => hashOf({ stack: "studio", plan: readPlan(recorded(name)) });
    expect(of("change")).toBe(of("change"));
    expect(new Set(["first", "nothing", "change", "errored"].map(of)).size).toBe(4);
  });
});

/** The same JSON with its keys in another order. */
function withKeysTurned<Value>(value: Value): Value {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const turned = Object.entries(value)
    .reverse()
    .map(([key, inner]) => [key, withKeysTurned(inner)]);
  return Object.fromEntries(turned) as Value;
}
