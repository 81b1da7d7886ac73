import { expect, test } from "vitest";
import { splitResponse } from "#bench/support/http-connection.ts";

const response = Buffer.from("HTTP/1.1 404 Not Found\r\nDate: today\r\nContent-Length: 4\r\n\r\ngone");

test("reads a response once it is whole", () => {
  for (let length = 0; length < response.length; length++) {
    expect(splitResponse(response.subarray(0, length))).toBeUndefined();
  }
  expect(splitResponse(response)).toEqual({ status: 404, body: Buffer.from("gone") });
});

test("refuses a response without a length", () => {
  expect(() => splitResponse(Buffer.from("HTTP/1.1 200 OK\r\n\r\n"))).toThrow(
    "a response without a length: HTTP/1.1 200 OK",
  );
});
