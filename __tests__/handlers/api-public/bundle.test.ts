import { expect, it } from "vitest";
import { bundleHandler } from "#constructs/lambda/bundle.ts";

const bundle = (handler: string) => {
  const constants = { PLANS: {}, ALLOW_PRIVATE_WEBHOOKS: false, CHAT_SESSION_MINUTES: 60 };
  return Buffer.from(bundleHandler({ handler, constants })).toString();
};

/** What the code calls; schemas of a client that stand beside are calls that nobody makes. */
const callsOf = (code: string) => code.match(/sk:(GetStreamKey|ListStreamKeys)|StreamKeyCommand|AdminGetUser/g) ?? [];

it("knows nothing by which a stream key could be read, or a user", () => {
  const open = bundle("api-public");
  expect(callsOf(open)).toEqual([]);
  expect(open).not.toContain("/GetStreamKey");
  expect(bundle("api-stream")).toContain("/GetStreamKey");
});
