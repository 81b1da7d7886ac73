import { describe, expect, it } from "vitest";
import { type RequestHead, readHead } from "#local/edge/request-head.ts";

const read = (target: string, ...headers: [string, string][]) =>
  readHead("GET", target, [["Host", "127.0.0.1:4566"] as const, ...headers].flat());

describe("the head of a request", () => {
  it("has the host without its port and the path decoded", () => {
    const head = read("/a%20b/c?x=1&y=%20") as RequestHead;
    expect(head).toMatchObject({ host: "127.0.0.1", path: "/a b/c", target: "/a%20b/c?x=1&y=%20" });
    expect(head.query.get("y")).toBe(" ");
  });

  it("keeps a question mark inside the query", () => {
    expect((read("/a?b=c?d") as RequestHead).query.get("b")).toBe("c?d");
  });

  it.each([
    ["two host headers", "/", [["host", "evil.example"]]],
    [
      "two authorization headers",
      "/",
      [
        ["Authorization", "a"],
        ["authorization", "b"],
      ],
    ],
    [
      "two x-amz-target headers",
      "/",
      [
        ["X-Amz-Target", "a"],
        ["X-Amz-Target", "a"],
      ],
    ],
    ["a request target that is not a path", "http://evil.example/", []],
    ["a path that cannot be decoded", "/%E0%A4%A", []],
    [
      "two signatures",
      "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0&X-Amz-Credential=A/20260101/us-east-1/s3/aws4_request",
      [["Authorization", "Bearer x"]],
    ],
  ] as [string, string, [string, string][]][])("is refused for %s", (problem, target, headers) => {
    expect(read(target, ...headers)).toBe(problem);
  });
});
