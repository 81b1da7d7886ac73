import { describe, expect, it } from "vitest";
import { runProgram } from "#cli/onair/program.ts";
import { recordTerminal } from "../onair/fixture/recorded-terminal.ts";

const refusal = (...args: readonly string[]) =>
  runProgram(args, "1.2.3", recordTerminal().terminal).catch((thrown: unknown) => thrown);

describe("onair keys", () => {
  it.each([
    [["create"], "keys create needs the key's name."],
    [["import"], "keys import needs a file with a key."],
    [["import", "key.pem"], "keys import needs --name, the key's in the ring."],
    [["list", "first"], 'keys list takes no "first".'],
    [["rotate", "first"], 'keys rotate takes no "first".'],
    [["create", "new", "--own"], "keys create takes no --own."],
    [["rotate", "--remove"], "keys rotate takes no --remove."],
    [["list", "--wait"], "keys list takes no --wait."],
  ])("refuses %j", async (args, what) => {
    expect(await refusal("keys", ...args)).toMatchObject({ code: "USAGE", what, why: "Nothing was done." });
  });
});

describe("onair token", () => {
  const secret = "eyJhbGciOiJFUzM4NCJ9.eyJleHAiOjB9.c2lnbmF0dXJl";

  it.each([[[secret]], [["inspct", secret]], [["inspect", secret, "--public-key", "a", "--key-id", "b"]]])(
    "does not repeat a token in a refusal: %j",
    async (args) => {
      const error = await refusal("token", ...args);
      expect(error).toMatchObject({ code: "USAGE" });
      expect(JSON.stringify(error)).not.toContain("eyJ");
    },
  );
});

describe("onair playback-url", () => {
  it.each([
    [["--expires-in", "1m"], "Which channel? Name it by --channel or --channel-arn."],
    [["--expires-in", "1m", "--channel", "a", "--channelArn", "b"], "--channel and --channel-arn are one too many."],
    [["--expires-in", "1m", "--channel-arn", "a"], '--channel-arn must be the ARN of a channel; got "a".'],
  ])("refuses %j", async (args, what) => {
    expect(await refusal("playback-url", ...args)).toMatchObject({ code: "USAGE", what });
  });
});
