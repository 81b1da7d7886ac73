import { AdminAddUserToGroupCommand, CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { IvsClient, paginateListChannels } from "@aws-sdk/client-ivs";
import { IvschatClient, paginateListRooms } from "@aws-sdk/client-ivschat";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { projectFfmpeg, smallClip } from "#__tests__/local/media/fixture/ffmpeg.ts";
import { type Push, push } from "#__tests__/local/media/rtmp/fixture/push.ts";
import { clientOptions } from "#__tests__/support/deployed.ts";
import { enterChat } from "./fixture/chat.ts";
import { changeForgottenPassword, join, type Person, ready, signInAs } from "./fixture/people.ts";
import { type Platform, startPlatform } from "./fixture/platform.ts";

let platform: Platform;
let owner: Person;
let viewer: Person;
let moderator: Person;
let name: string;

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform[Symbol.asyncDispose]());

const channelsOf = async ({ sub }: Person) => {
  const client = new IvsClient(clientOptions(platform.deployed.cloud));
  const found = [];
  for await (const { channels = [] } of paginateListChannels({ client }, {})) found.push(...channels);
  return found.filter(({ tags }) => tags?.["onair:user"] === sub);
};
const roomsOf = async ({ sub }: Person) => {
  const client = new IvschatClient(clientOptions(platform.deployed.cloud));
  const found = [];
  for await (const { rooms = [] } of paginateListRooms({ client }, {})) found.push(...rooms);
  return found.filter(({ tags }) => tags?.["onair:user"] === sub);
};
const live = async () => {
  const { body } = await platform.call({ path: "/public/live" });
  return (body.channels as { name: string }[]).map((channel) => channel.name);
};
const soon = (fact: () => Promise<void>, seconds = 30) => vi.waitFor(fact, { timeout: seconds * 1000, interval: 250 });

describe("somebody who signs up", () => {
  it("confirms the mailed code, signs in, and has a channel and a room, one of each", async () => {
    owner = await join(platform, "Streamer");
    const me = await ready(owner);
    name = me.name;
    expect(me).toMatchObject({ sub: owner.sub, nickname: "Streamer", live: false, access: "public" });
    expect(me.channel.ingestUrl).toBe(`rtmps://${me.channel.ingestEndpoint}:443/app/`);
    expect(await channelsOf(owner)).toMatchObject([{ arn: me.channel.arn }]);
    expect(await roomsOf(owner)).toHaveLength(1);
  });

  it("stands in the list of all channels, and not in that of live ones", async () => {
    const { body } = await platform.call({ path: `/public/channels/${name}` });
    expect(body).toMatchObject({ name, nickname: "Streamer", live: false });
    expect(body.playbackUrl).toMatch(/\.m3u8$/);
    expect(await live()).not.toContain(name);
  });
});

describe("a stream", () => {
  let encoder: Push;
  afterAll(async () => {
    encoder?.process.kill("SIGKILL");
    await encoder?.ended;
  });

  it("is in the list of live channels while the encoder sends, and has a picture", async () => {
    const { body, headers } = await owner.call({ path: "/stream/me/stream-key" });
    expect(headers.get("cache-control")).toBe("no-store");
    const [ffmpeg, clip] = await Promise.all([projectFfmpeg(), smallClip()]);
    const { cloud } = platform.deployed;
    const secure = ["-stream_loop", "-1", "-i", clip, "-c", "copy"];
    encoder = push(ffmpeg, [...secure, "-tls_verify", "0"], `${cloud.rtmpsUrl}/${body.streamKey}`);
    await soon(async () => expect(await live()).toContain(name));
    const shown = await platform.call({ path: `/public/channels/${name}` });
    expect(shown.body.live).toBe(true);
    expect(await (await fetch(shown.body.playbackUrl)).text()).toContain("#EXTM3U");
  });

  it("goes from the list when the encoder stops, and is in the owner's history", async () => {
    encoder.process.kill("SIGTERM");
    await encoder.ended;
    await soon(async () => expect(await live()).not.toContain(name));
    const { body } = await owner.call({ path: "/stream/me/sessions" });
    expect(body.sessions).toMatchObject([{ streamId: expect.stringMatching(/^st-/), endReported: true }]);
  });
});

describe("a room", () => {
  const tokenOf = (person: Person) => person.call({ method: "POST", path: `/stream/channels/${name}/chat-token` });

  beforeAll(async () => {
    viewer = await join(platform, "Viewer");
    const beforeGroup = await join(platform, "Moderator");
    const cognito = new CognitoIdentityProviderClient(clientOptions(platform.deployed.cloud));
    const user = { UserPoolId: platform.userPoolId, Username: beforeGroup.sub, GroupName: "moderators" };
    await cognito.send(new AdminAddUserToGroupCommand(user));
    moderator = await signInAs(platform, beforeGroup.email);
    await ready(viewer);
    await ready(moderator);
  });

  it("is read by guests, who may not write", async () => {
    const path = `/public/channels/${name}/chat-token`;
    const answer = await platform.call({ method: "POST", path, body: { guest: "a-secret-of-sixteen" } });
    expect(answer).toMatchObject({ status: 200, body: { capabilities: [] } });
    const guest = await enterChat(answer.body);
    guest.say("hello");
    await guest.hears({ Type: "ERROR", ErrorCode: 403 });
    guest.leave();
  });

  it("hears viewers by their nickname, and lets moderators delete, ban and lift the ban", async () => {
    const [forViewer, forModerator] = await Promise.all([tokenOf(viewer), tokenOf(moderator)]);
    expect(forViewer.body.capabilities).toEqual(["SEND_MESSAGE"]);
    expect([...forModerator.body.capabilities].sort()).toEqual(["DELETE_MESSAGE", "DISCONNECT_USER", "SEND_MESSAGE"]);
    const [one, other] = await Promise.all([enterChat(forViewer.body), enterChat(forModerator.body)]);
    one.say("good evening", { sticker: "wave" });
    const heard = await other.hears({ Type: "MESSAGE", Content: "good evening" });
    expect(heard.Sender?.Attributes).toMatchObject({ username: "Viewer", role: "viewer" });

    const deletion = `/stream/channels/${name}/messages/${heard.Id}/delete`;
    expect((await moderator.call({ method: "POST", path: deletion, body: { reason: "off topic" } })).status).toBe(204);
    await one.hears({ Type: "EVENT", EventName: "aws:DELETE_MESSAGE" });

    const ban = `/stream/channels/${name}/bans/${viewer.sub}`;
    expect((await viewer.call({ method: "PUT", path: ban, body: {} })).status).toBe(403);
    expect((await moderator.call({ method: "PUT", path: ban, body: { reason: "spam" } })).status).toBe(200);
    await one.closed;
    expect(await tokenOf(viewer)).toMatchObject({ status: 403, body: { code: "BANNED" } });
    expect((await moderator.call({ method: "DELETE", path: ban })).status).toBe(204);
    expect((await tokenOf(viewer)).status).toBe(200);
    other.leave();

    const { body } = await moderator.call({ path: `/stream/channels/${name}/audit` });
    expect(body.entries.map((entry: { action: string }) => entry.action)).toEqual(["unban", "ban", "delete-message"]);
  });
});

describe("an account", () => {
  it("is deleted with its channel, its room and its user, and its token opens nothing any more", async () => {
    expect((await viewer.call({ method: "DELETE", path: "/stream/me" })).status).toBe(202);
    await soon(async () => {
      expect(await channelsOf(viewer)).toEqual([]);
      expect(await roomsOf(viewer)).toEqual([]);
    });
    await soon(async () =>
      expect(await viewer.call({ path: "/stream/me/stream-key" })).toMatchObject({
        status: 401,
        body: { code: "ACCOUNT_DELETED" },
      }),
    );
    await soon(() => expect(signInAs(platform, viewer.email)).rejects.toThrow());
  });

  it("is not made again by a forgotten password", async () => {
    await changeForgottenPassword(platform, owner.email);
    expect((await owner.call({ path: "/stream/me" })).body.name).toBe(name);
    expect(await channelsOf(owner)).toHaveLength(1);
    expect(await roomsOf(owner)).toHaveLength(1);
  });
});
