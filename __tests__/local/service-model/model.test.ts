import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadModel, memberOf } from "#local/service-model/model.ts";

describe.each([
  ["ivs", 41],
  ["ivschat", 17],
] as const)("the model of %s", (service, operations) => {
  const model = loadModel(service);

  test(`has ${operations} operations`, () => {
    expect(Object.keys(model.operations)).toHaveLength(operations);
  });

  test("says where it comes from, under which licence, and what was corrected", () => {
    expect(model.source).toBe(`botocore 1.43.106, botocore/data/${service}/2020-07-14/service-2.json`);
    expect(model.notice).toContain("Apache License 2.0");
    for (const shape of Object.keys(model.corrections)) expect(model.shapes).toHaveProperty(shape);
  });

  test("names only shapes that it has", () => {
    const named = [
      ...Object.values(model.operations).flatMap(({ input, output, errors }) => [input, output, ...errors]),
      ...Object.values(model.shapes).flatMap(({ members = {}, member, key, value }) => [
        ...Object.values(members).map((to) => memberOf(to).shape),
        member,
        key,
        value,
      ]),
    ].filter((name) => name !== undefined);
    for (const name of named) expect(model.shapes).toHaveProperty(name);
  });

  test("has a line for each operation and shape, so that changes read well", () => {
    const text = readFileSync(
      new URL(`../../../local/service-model/generated/${service}.json`, import.meta.url),
      "utf8",
    );
    const entries = Object.keys({ ...model.operations, ...model.shapes }).length;
    expect(text.split("\n").filter((line) => line.startsWith("    ")).length).toBe(
      entries + Object.keys(model.corrections).length,
    );
  });

  test("deletes answer 204 except where the service documents 200", () => {
    const deletes = Object.entries(model.operations).filter(([name]) => name.startsWith("Delete"));
    const with200 = deletes.filter(([, { status }]) => status === 200).map(([name]) => name);
    expect(with200).toEqual(service === "ivs" ? ["DeletePlaybackKeyPair"] : ["DeleteMessage"]);
  });
});
