import { describe, expect, test } from "vitest";
import { type IvsAnswer, playIvs } from "#__tests__/aws/ivs/fixture/play-ivs.ts";
import { createOwnedChannels, createTaggedChannels } from "#aws/accounts/channels.ts";
import { createStreamKeys } from "#aws/accounts/stream-keys.ts";
import { createStreamStopper } from "#aws/accounts/stream-stopper.ts";

const arn = "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456";
const ownership = { namePrefix: "onair-dev", environment: "dev" };
const design = { type: "STANDARD", latencyMode: "LOW", insecureIngest: false } as const;

async function portsOf(answers: Readonly<Record<string, IvsAnswer>>) {
  const played = await playIvs(answers);
  const { ivs } = played;
  return Object.assign(played, {
    channels: createOwnedChannels({ ivs, ivsOnce: ivs, ownership }, design),
    keys: createStreamKeys({ ivs, ivsOnce: ivs, environment: "dev" }),
    streams: createStreamStopper(ivs),
  });
}

const refuse =
  (status: number, name: string): IvsAnswer =>
  () => ({ refused: [status, name] });

describe("a refusal of the service", () => {
  test.each([
    [402, "ServiceQuotaExceededException", "QUOTA"],
    [429, "ThrottlingException", "THROTTLED"],
    [409, "ConflictException", "CONFLICT"],
  ])("%i %s means %s", async (status, name, code) => {
    await using ports = await portsOf({ CreateChannel: refuse(status, name) });
    await expect(ports.channels.create("user-1", "public")).rejects.toMatchObject({ code, operation: "CreateChannel" });
    expect(ports.sent).toHaveLength(1);
  });

  test("of a stop, that cannot be done now, means that it is to be asked again", async () => {
    await using ports = await portsOf({ StopStream: refuse(503, "StreamUnavailable") });
    await expect(ports.streams.stop(arn)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("of a new key, or a look at a channel, means that the channel is gone", async () => {
    const gone = refuse(404, "ResourceNotFoundException");
    await using ports = await portsOf({ CreateStreamKey: gone, GetChannel: gone });
    await expect(ports.keys.create(arn)).rejects.toMatchObject({ code: "GONE", operation: "CreateStreamKey" });
    await expect(ports.channels.addresses(arn)).rejects.toMatchObject({ code: "GONE", operation: "GetChannel" });
  });

  test("of a new channel, whose recording configuration is missing, does not mean that a channel is gone", async () => {
    await using ports = await portsOf({ CreateChannel: refuse(404, "ResourceNotFoundException") });
    await expect(ports.channels.create("user-1", "public")).rejects.toMatchObject({ code: "ERR_CALL_FAILED" });
  });

  test("that nothing is made for is told in the service's own words", async () => {
    await using ports = await portsOf({ CreateChannel: refuse(403, "PendingVerification") });
    await expect(ports.channels.create("user-1", "public")).rejects.toMatchObject({
      code: "ERR_CALL_FAILED",
      message: expect.stringMatching(/^CreateChannel failed: PendingVerification, said by IVS \(request .+\)$/),
    });
  });
});

describe.each([
  ["says so", { refused: [404, "ResourceNotFoundException"] }],
  ["must not tell, since what is not there has no tags", { refused: [403, "AccessDeniedException"] }],
])("a channel that is not there, when the service %s", (_how, answer) => {
  const calls = ["DeleteChannel", "ListStreamKeys", "StopStream"];
  const answers = Object.fromEntries(calls.map((call) => [call, () => answer]));

  test("is removed, has no keys, and is offline", async () => {
    await using ports = await portsOf({ ...answers, GetChannel: refuse(404, "ResourceNotFoundException") });
    await ports.channels.remove(arn);
    expect(await ports.keys.list(arn)).toEqual([]);
    expect(await ports.streams.stop(arn)).toBe("offline");
  });
});

test("a channel that is there, and may not be touched, is an error", async () => {
  await using ports = await portsOf({
    DeleteChannel: refuse(403, "AccessDeniedException"),
    GetChannel: () => ({ channel: { arn } }),
  });
  await expect(ports.channels.remove(arn)).rejects.toThrow(/^DeleteChannel failed: AccessDeniedException/);
});

test("a channel that is not live is offline", async () => {
  await using ports = await portsOf({ StopStream: refuse(404, "ChannelNotBroadcasting") });
  expect(await ports.streams.stop(arn)).toBe("offline");
});

const tagged = (id: string, tags: Readonly<Record<string, string>>) => ({ arn: `${arn}${id}`, name: "any", tags });
const listed = [
  tagged("ours", { "onair:environment": "dev", "onair:user": "user-1" }),
  tagged("of-another", { "onair:environment": "dev", "onair:user": "user-2" }),
  tagged("of-the-house", { "onair:environment": "dev" }),
  tagged("of-another-environment", { "onair:environment": "prod", "onair:user": "user-1" }),
  tagged("of-nobody", {}),
];

test("a user's channels are found by name, and known by both tags", async () => {
  await using ports = await portsOf({ ListChannels: () => ({ channels: listed }) });
  expect(await ports.channels.find("user-1")).toEqual([`${arn}ours`]);
  expect(JSON.parse(ports.sent[0]?.body ?? "")).toEqual({ filterByName: "onair-dev-user-1", maxResults: 100 });
});

test("all channels of users are walked over page by page, and nothing else is among them", async () => {
  const pages: IvsAnswer = ({ nextToken }) =>
    nextToken === undefined ? { channels: listed, nextToken: "more" } : { channels: [] };
  await using ports = await portsOf({ ListChannels: pages });
  const found = [];
  for await (const page of createTaggedChannels({ ivs: ports.ivs, environment: "dev" }).all()) found.push(page);
  expect(found).toEqual([
    [
      { arn: `${arn}ours`, sub: "user-1" },
      { arn: `${arn}of-another`, sub: "user-2" },
    ],
    [],
  ]);
});

test.each([
  ["public", false],
  ["private", true],
] as const)("a new %s channel is authorized from the first moment: %s", async (access, authorized) => {
  await using ports = await portsOf({ CreateChannel: () => ({ channel: { arn } }) });
  expect(await ports.channels.create("user-1", access)).toBe(arn);
  expect(ports.sent.map(({ body }) => JSON.parse(body))).toMatchObject([{ authorized, name: "onair-dev-user-1" }]);
});
