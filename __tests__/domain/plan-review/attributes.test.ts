import { describe, expect, it } from "vitest";
import { attributeChanges, wayText } from "#domain/plan-review/attributes.ts";
import type { ValueChange } from "#domain/plan-review/plan.ts";

const changes = (change: Partial<ValueChange>) =>
  attributeChanges({
    ...{ before: null, after: null, afterUnknown: {}, beforeSensitive: false, afterSensitive: false },
    ...change,
  }).map(({ way, before, after }) => [wayText(way), before, after]);

const absent = { kind: "absent" };
const value = (text: unknown) => ({ kind: "value", value: text });

describe("the attributes that change", () => {
  it("are told down to the leaves", () => {
    const before = { s3: [{ name: "a", kept: 1 }], tags: { one: "1" } };
    const after: ValueChange["after"] = { s3: [{ name: "b", kept: 1 }, { name: "c" }], tags: null };
    expect(changes({ before, after })).toEqual([
      ["s3[0].name", value("a"), value("b")],
      ["s3[1].name", absent, value("c")],
      ["tags.one", value("1"), absent],
    ]);
  });

  it("have those that are known later, also within what is empty so far", () => {
    const afterUnknown = { arn: true, rules: [{ id: true }], tags: {} };
    expect(changes({ before: {}, after: { rules: [] }, afterUnknown })).toEqual([
      ["arn", absent, { kind: "unknown" }],
      ["rules[0].id", absent, { kind: "unknown" }],
    ]);
  });

  it("are not null where an empty list, map or nothing was", () => {
    expect(changes({ before: { a: null, b: [], c: {} }, after: { a: [], b: {} } })).toEqual([]);
  });

  it("are those of the state that Cloud Control is to make, not one long text", () => {
    const state = (values: object) => ({ type_name: "AWS::IVS::One", desired_state: JSON.stringify(values) });
    const before = state({ Renditions: ["HD"], Tags: [{ Key: "team", Value: "live" }] });
    expect(
      changes({ before, after: state({ Renditions: ["HD", "SD"], Tags: [{ Key: "team", Value: "7" }] }) }),
    ).toEqual([
      ["desired_state.Renditions[1]", absent, value("SD")],
      ["desired_state.Tags[0].Value", value("live"), value("7")],
    ]);
    expect(changes({ before, after: null }).map(([way]) => way)).toEqual([
      ...["desired_state.Renditions[0]", "desired_state.Tags[0].Key", "desired_state.Tags[0].Value", "type_name"],
    ]);
    expect(changes({ before, after: { ...before, desired_state: "{" } })).toEqual([
      ["desired_state", value(before.desired_state), value("{")],
    ]);
    expect(changes({ before: { desired_state: "{}" }, after: { desired_state: '{"a":1}' } })).toEqual([
      ["desired_state", value("{}"), value('{"a":1}')],
    ]);
  });

  it("stop where a value is sensitive, by its mark, its name or its form", () => {
    const kinds = changes({
      before: { a: [{ b: "1" }], password: "1", key: "sk_us-west-2_AbCdEfGh" },
      after: { a: [{ b: "2" }], password: "2", key: "none" },
      beforeSensitive: { a: true },
    }).map(([way, before, after]) => [way, before, after].map((one) => (typeof one === "string" ? one : one?.kind)));
    expect(kinds).toEqual([
      ["a", "sensitive", "sensitive"],
      ["key", "sensitive", "value"],
      ["password", "sensitive", "sensitive"],
    ]);
  });
});
