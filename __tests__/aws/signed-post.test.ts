import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsV4Signer } from "aws4fetch";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createPost, signPost } from "#aws/signed-post.ts";

const environment = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

test("the signature is the one of Amazon's own example", () => {
  const call = { url: new URL("https://example.amazonaws.com/"), service: "service", headers: {}, body: "" };
  expect(signPost(call, environment, new Date("2015-08-30T12:36:00Z")).authorization).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, " +
      "SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
  );
});

test("any call is signed as aws4fetch signs it", async () => {
  const text = fc.string({ unit: "grapheme", maxLength: 50 });
  const now = new Date("2026-11-21T12:36:00Z");
  const time = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.option(fc.base64String({ minLength: 4 })),
      fc.boolean(),
      async (body, token, onLaptop) => {
        const url = new URL(onLaptop ? "http://127.0.0.1:4566" : "https://dynamodb.us-east-1.amazonaws.com");
        const headers = { "x-amz-target": "DynamoDB_20120810.GetItem" };
        const ours = signPost(
          { url, service: "dynamodb", headers, body },
          { ...environment, ...(token && { AWS_SESSION_TOKEN: token }) },
          now,
        );
        const peer = new AwsV4Signer({
          ...{ method: "POST", url: url.href, headers, body, service: "dynamodb", region: "us-east-1", datetime: time },
          accessKeyId: environment.AWS_ACCESS_KEY_ID,
          secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
          ...(token && { sessionToken: token }),
        });
        expect(ours.authorization).toBe((await peer.sign()).headers.get("authorization"));
      },
    ),
    { numRuns: 50 },
  );
});

let answer: RequestListener = () => {};
let connections = 0;
const server = createServer((request, response) => answer(request, response));
server.on("connection", () => connections++);
beforeEach(async () => {
  answer = () => {};
  connections = 0;
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const call = (body = "{}") => ({
  url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  ...{ service: "dynamodb", headers: {}, body },
});

test("calls use one connection, send their bytes, and give status and body of their answers", async () => {
  answer = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    response.writeHead(400).end(JSON.stringify({ got: Buffer.concat(chunks).toString() }));
  };
  const post = createPost(environment);
  for (const body of ["Grüße", "again"]) {
    expect(await post(call(body), AbortSignal.timeout(5000))).toEqual({ status: 400, body: { got: body } });
  }
  expect(connections).toBe(1);
});

test("a call that is not answered ends as its signal says, also in the middle of the answer", async () => {
  const post = createPost(environment);
  const late = { name: "TimeoutError", message: "The operation was aborted due to timeout" };
  await expect(post(call(), AbortSignal.timeout(50))).rejects.toMatchObject(late);
  answer = (_, response) => void response.writeHead(200).write("{");
  await expect(post(call(), AbortSignal.timeout(50))).rejects.toMatchObject(late);
  await expect(post(call(), AbortSignal.abort(new Error("over")))).rejects.toThrow("over");
});

test("a connection that breaks, and an answer that is not JSON, are told", async () => {
  const post = createPost(environment);
  answer = (request) => request.socket.destroy();
  await expect(post(call(), AbortSignal.timeout(5000))).rejects.toThrow("socket hang up");
  answer = (_, response) => response.end("<html>");
  await expect(post(call(), AbortSignal.timeout(5000))).rejects.toThrow(SyntaxError);
});
