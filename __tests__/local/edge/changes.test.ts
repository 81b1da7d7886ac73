import { describe, expect, it } from "vitest";
import { effectOf } from "#local/edge/changes.ts";
import { type RequestHead, readHead } from "#local/edge/request-head.ts";

const effect = (method: string, target: string, headers: Readonly<Record<string, string>> = {}) =>
  effectOf(readHead(method, target, Object.entries({ host: "127.0.0.1", ...headers }).flat()) as RequestHead);

describe("what a request does to saved state", () => {
  it.each([
    ["an object that is read", "GET", "/bucket/key", {}, "reads"],
    ["an object that is written", "PUT", "/bucket/key", {}, "changes"],
    ["a table that is queried", "POST", "/", { "x-amz-target": "DynamoDB_20120810.Query" }, "reads"],
    ["a row that is written", "POST", "/", { "x-amz-target": "DynamoDB_20120810.PutItem" }, "changes"],
    ["a form of the query protocol", "POST", "/", { "content-type": "application/x-www-form-urlencoded" }, "changes"],
    ["a function that is created", "POST", "/2015-03-31/functions", {}, "changes"],
    ["a function that runs", "POST", "/2015-03-31/functions/one/invocations", {}, "takes-long"],
    ["a queue that is waited for", "POST", "/", { "x-amz-target": "AmazonSQS.ReceiveMessage" }, "takes-long"],
    [
      "a confirmation, which waits for a trigger",
      "POST",
      "/",
      { "x-amz-target": "AWSCognitoIdentityProviderService.ConfirmSignUp" },
      "takes-long",
    ],
    ["an API", "GET", "/x", { host: "0a1b.execute-api.localhost:4566" }, "takes-long"],
    ["an API by its path", "GET", "/_aws/execute-api/0a1b/dev/x", {}, "takes-long"],
  ] as [string, string, string, Record<string, string>, string][])("%s", (_, method, target, headers, expected) => {
    expect(effect(method, target, headers)).toBe(expected);
  });
});
