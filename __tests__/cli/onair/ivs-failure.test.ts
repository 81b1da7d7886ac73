import { expect, test } from "vitest";
import { IvsError } from "#aws/ivs/ivs-error.ts";
import { ivsFailure } from "#cli/onair/ivs-failure.ts";
import { CliError } from "#cli/terminal/cli-error.ts";

const again = "onair test-stream stag";
const unknown = (names: readonly string[]) =>
  ivsFailure(new IvsError("CHANNEL_UNKNOWN", "There is no channel stag.", names), again, "stag");

test("names the nearest of the channels that there are", () => {
  expect(unknown(["lobby", "stage"])).toMatchObject({
    why: "Channels here: lobby, stage.",
    cure: "Did you mean stage?",
  });
  expect(unknown(["lobby"])).toMatchObject({ cure: "Choose one of them: onair status" });
  expect(unknown([])).toMatchObject({ why: "Channels here: none.", cure: "See: onair status" });
});

test("shows eight names of many", () => {
  const names = Array.from({ length: 20 }, (_, index) => `channel-${index}`);
  expect(unknown(names)).toMatchObject({ why: `Channels here: ${names.slice(0, 8).join(", ")}, ....` });
});

test("says how to make a key", () => {
  const missing = new IvsError("STREAM_KEY_MISSING", "Channel arn has no stream key.");
  expect(ivsFailure(missing, again)).toMatchObject({ code: "STREAM_KEY_MISSING", why: "Nothing was sent." });
});

test("leaves an error of ours as it is, and explains one of AWS", () => {
  const own = new CliError("NOT_LIVE", "what", "why", "cure");
  expect(ivsFailure(own, again)).toBe(own);
  const refused = Object.assign(new Error("no"), { name: "AccessDeniedException", $metadata: { httpStatusCode: 403 } });
  expect(ivsFailure(refused, again)).toMatchObject({ code: "AWS_REFUSED" });
});
