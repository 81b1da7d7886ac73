import { expect, test } from "vitest";
import { refuseOtherAccount } from "#cli/bootstrap/allowed-account.ts";
import { CliError, errorLines } from "#cli/terminal/cli-error.ts";
import { account, makeHome } from "./fixture/make-home.ts";

function refusal(allowedAccountIds: readonly string[], account: string): string[] {
  try {
    const prod = {
      name: "prod",
      region: "us-west-2",
      awsProviderVersion: "~> 5.100",
      allowedAccountIds,
      channelNames: [],
      playbackKeys: [],
      tokenSeconds: 300,
    };
    refuseOtherAccount(prod, account, "npm run bootstrap");
  } catch (thrown) {
    if (thrown instanceof CliError) return errorLines(thrown);
    throw thrown;
  }
  return [];
}

test("names the account of the credentials and those that the environment allows", () => {
  expect(refusal(["111122223333", "444455556666"], "777788889999")).toEqual([
    "The credentials belong to account 777788889999, and environment prod allows 111122223333, 444455556666.",
    "  Nothing was made.",
    "  Use other credentials, or change allowedAccountIds in cdktf.json, then: npm run bootstrap  ACCOUNT_NOT_ALLOWED",
  ]);
});

test("accepts an allowed account, and every account where none is named", () => {
  expect(refusal(["111122223333"], "111122223333")).toEqual([]);
  expect(refusal([], "777788889999")).toEqual([]);
});

test("is refused before anything is made", async () => {
  const { thrown, sent } = await makeHome({ allowedAccountIds: ["444455556666"] });
  expect(thrown).toMatchObject({ code: "ACCOUNT_NOT_ALLOWED" });
  expect(sent.map(({ body }) => body)).toEqual([expect.stringContaining("GetCallerIdentity")]);
  expect((await makeHome({ allowedAccountIds: [account] })).thrown).toBeUndefined();
});
