import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { type PlaybackKeyEntry, PlaybackKeyRing } from "#constructs/ivs/playback-key-ring.ts";
import { accountsSettings } from "#settings/accounts.ts";
import { playbackSettings } from "#settings/playback.ts";
import { PlatformTable } from "#stacks/accounts/platform-table.ts";
import { PlaybackTokens } from "#stacks/accounts/playback-tokens.ts";

interface Options {
  readonly protect?: boolean;
  readonly origins?: readonly string[];
  readonly ring?: readonly PlaybackKeyEntry[];
}

function tokensOf({ protect = true, origins = [], ring = [{ name: "a" }] }: Options) {
  const stack = testStack({ protect });
  const tokens = new PlaybackTokens(stack, "playback", {
    table: new PlatformTable(stack, "table"),
    keys: new PlaybackKeyRing(stack, "keys", ring),
    playback: v.parse(playbackSettings, { origins }),
    accounts: v.parse(accountsSettings, {}),
  });
  return { stack, warnings: tokens.node.metadata.map(({ data }) => data) };
}

describe("an environment whose data is protected", () => {
  const warning = "playback.origins is empty: whatever page a signed-in user is on may play private channels.";

  it("is warned where any page may play its private channels", () => {
    expect(tokensOf({}).warnings).toEqual([warning]);
  });

  it.each<[string, Options]>([
    ["its settings name pages", { origins: ["https://live.example.com"] }],
    ["it has no playback key", { ring: [] }],
    ["it is not one", { protect: false }],
  ])("is not warned where %s", (_, options) => {
    expect(tokensOf(options).warnings).toEqual([]);
  });
});

it("the variables alone say by which key is signed, and the names of all keys are among them", () => {
  const { stack } = tokensOf({ ring: [{ name: "a" }, { name: "b" }], origins: ["https://live.example.com"] });
  const { environment } = template(stack).resource(LambdaFunction);
  expect(environment).toMatchObject({
    variables: { PLAYBACK_KEYS: "a,b", SIGNING_KEY: "${aws_kms_key.keys_a_Key.arn}" },
  });
});
