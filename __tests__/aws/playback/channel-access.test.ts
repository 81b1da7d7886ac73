import { describe, expect, it } from "vitest";
import { type IvsAnswer, playIvs } from "#__tests__/aws/ivs/fixture/play-ivs.ts";
import { createChannelAccess } from "#aws/playback/channel-access.ts";

const arn = "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456";
const changed: IvsAnswer = () => ({ channel: { arn } });
const live: IvsAnswer = () => ({ refused: [409, "ConflictException"] });
const is =
  (authorized: boolean): IvsAnswer =>
  () => ({ channel: { arn, authorized } });

const set = async (UpdateChannel: IvsAnswer, GetChannel: IvsAnswer, access: "public" | "private" = "private") => {
  await using ivs = await playIvs({ UpdateChannel, GetChannel });
  const answer = await createChannelAccess(ivs.ivs).set(arn, access);
  return { answer, sent: ivs.sent.map(({ line, body }) => [line, JSON.parse(body)]) };
};

describe("createChannelAccess", () => {
  it.each([
    ["private", true],
    ["public", false],
  ] as const)("makes a channel %s, and looks whether it is", async (access, authorized) => {
    expect(await set(changed, is(authorized), access)).toEqual({
      answer: "changed",
      sent: [
        ["POST /UpdateChannel", { arn, authorized }],
        ["POST /GetChannel", { arn }],
      ],
    });
  });

  it("says of a live channel whether it is so already", async () => {
    expect((await set(live, is(false))).answer).toBe("live");
    expect((await set(live, is(true))).answer).toBe("changed");
  });

  it("says of no channel that it is private which IVS says is not", async () => {
    await expect(set(changed, is(false))).rejects.toMatchObject({ code: "UNAVAILABLE", operation: "UpdateChannel" });
  });

  it("says that a channel is gone, or that too much is asked", async () => {
    const refuse =
      (status: number, name: string): IvsAnswer =>
      () => ({ refused: [status, name] });
    await expect(set(changed, refuse(404, "ResourceNotFoundException"))).rejects.toMatchObject({ code: "GONE" });
    await expect(set(refuse(429, "ThrottlingException"), is(true))).rejects.toMatchObject({ code: "THROTTLED" });
  });
});
