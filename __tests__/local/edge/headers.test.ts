import { describe, expect, it } from "vitest";
import { requestHeaders, responseHeaders, transportOf } from "#local/edge/headers.ts";

const onward = (...raw: string[]) => requestHeaders(raw, "127.0.0.1:4566", "hush");

describe("the headers that go on to the emulator", () => {
  it("keep their order, spelling and repetitions", () => {
    const raw = ["X-Amz-Date", "1", "content-encoding", "gzip", "Content-Encoding", "aws-chunked"];
    expect(onward(...raw)).toEqual([
      "Host",
      "127.0.0.1:4566",
      ...raw,
      "x-onair-secret",
      "hush",
      "x-onair-transport",
      "https",
    ]);
  });

  it("lose what concerns the connection alone, and Expect", () => {
    expect(
      onward(
        "Connection",
        "keep-alive, X-Hop",
        "X-Hop",
        "1",
        "Keep-Alive",
        "5",
        "TE",
        "trailers",
        "Expect",
        "100-continue",
      ),
    ).toEqual(onward());
  });

  it("keep a body of unknown length chunked", () => {
    expect(onward("Transfer-Encoding", "chunked")).toContain("Transfer-Encoding");
  });

  it("never carry a secret or a host that the client chose", () => {
    const headers = onward("X-Onair-Secret", "guess", "Host", "evil.example");
    expect(headers).not.toContain("guess");
    expect(headers).not.toContain("evil.example");
  });

  it("say that the client came over plain HTTP only when it says so", () => {
    expect(onward("X-Onair-Transport", "http").at(-1)).toBe("http");
    expect(onward("X-Onair-Transport", "anything").at(-1)).toBe("https");
    expect(transportOf({})).toBe("https");
    expect(transportOf({ "x-onair-transport": "http" })).toBe("http");
  });
});

describe("the headers that come back", () => {
  it("keep each cookie and lose the connection", () => {
    const raw = ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "Connection", "close"];
    expect(responseHeaders(raw)).toEqual(raw.slice(0, 4));
  });
});
