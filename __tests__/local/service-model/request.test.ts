import { describe, expect, test } from "vitest";
import { createIvs } from "#local/ivs/service.ts";
import { createIvsChat } from "#local/ivschat/service.ts";
import { loadModel } from "#local/service-model/model.ts";
import { matchOperation, readInput } from "#local/service-model/request.ts";

const model = loadModel("ivs");
const arn = "arn:aws:ivs:eu-west-1:000000000000:channel/AbCdEf123456";

const read = (method: string, target: string, body = "") => {
  const { pathname, searchParams } = new URL(target, "http://127.0.0.1");
  const matched = matchOperation(model, { method, path: pathname });
  if (matched === undefined) return undefined;
  return [matched.name, readInput(model, matched, { query: searchParams, body: Buffer.from(body) })];
};

describe("a request", () => {
  test.each([
    ["POST", "/GetChannel", `{"arn":"${arn}"}`, ["GetChannel", { arn }]],
    ["POST", "/ListChannels", "", ["ListChannels", {}]],
    ["GET", `/tags/${encodeURIComponent(arn)}`, "", ["ListTagsForResource", { resourceArn: arn }]],
    [
      "POST",
      `/tags/${encodeURIComponent(arn)}`,
      '{"tags":{"a":"b"}}',
      ["TagResource", { resourceArn: arn, tags: { a: "b" } }],
    ],
    [
      "DELETE",
      `/tags/${encodeURIComponent(arn)}?tagKeys=a%20b&tagKeys=c`,
      "",
      ["UntagResource", { resourceArn: arn, tagKeys: ["a b", "c"] }],
    ],
    ["POST", "/CreateChannel", '{"name":null,"tags":{"a":null}}', ["CreateChannel", { tags: {} }]],
    ["GET", "/GetChannel", "", undefined],
    ["POST", "/getchannel", "", undefined],
    ["POST", "/", "", undefined],
    ["GET", "/tags/%E0%A4%A", "", undefined],
    ["PUT", `/tags/${encodeURIComponent(arn)}`, "", undefined],
  ])("%s %s with %j", (method, target, body, expected) => {
    expect(read(method, target, body)).toEqual(expected);
  });
});

describe("an operation that does not exist", () => {
  const request = {
    id: "1",
    method: "POST",
    path: "/MakeCoffee",
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from("{}"),
    accountId: "000000000000",
    region: "eu-west-1",
  };

  test("is 404 UnknownOperationException in IVS", async () => {
    expect(await createIvs().handle(request)).toEqual({
      status: 404,
      headers: { "x-amzn-errortype": "UnknownOperationException" },
      body: { exceptionMessage: "The operation does not exist" },
    });
  });

  test("is a ValidationException with its own reason in IVS Chat", async () => {
    expect(await createIvsChat().handle(request)).toEqual({
      status: 400,
      headers: { "x-amzn-errortype": "ValidationException" },
      body: { message: "The operation does not exist", reason: "UNKNOWN_OPERATION" },
    });
  });

  test("asks for no permission", () => {
    expect(createIvs().permissions(request)).toEqual([]);
  });
});
