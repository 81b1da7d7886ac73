import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AdminAddUserToGroupCommand, CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { IvsClient, paginateListChannels } from "@aws-sdk/client-ivs";
import { IvschatClient, paginateListRooms } from "@aws-sdk/client-ivschat";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { png } from "#__tests__/domain/pictures/files.ts";
import { projectFfmpeg, smallClip } from "#__tests__/local/media/fixture/ffmpeg.ts";
import { type Push, push } from "#__tests__/local/media/rtmp/fixture/push.ts";
import { clientOptions } from "#__tests__/support/deployed.ts";
import { decisionsOf } from "#__tests__/support/iam/decisions.ts";
import { grantsInState } from "#__tests__/support/iam/grants.ts";
import { expectNothingInVain } from "#__tests__/support/iam/in-vain.ts";
import { enterChat } from "./fixture/chat.ts";
import { EXCEPTIONS } from "./fixture/exceptions.ts";
import { changeForgottenPassword, type Person, ready, signInAs, signUpAs } from "./fixture/people.ts";
import { type Platform, startPlatform } from "./fixture/platform.ts";
import { play } from "./fixture/play.ts";
import { postForm } from "./fixture/post-form.ts";

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
/** Calls a function of the platform, as an operator does. */
const callFunction = async (handler: string, input: object = {}) => {
  const lambda = new LambdaClient(clientOptions(platform.deployed.cloud));
  const names = platform.outputs.functions as Readonly<Record<string, string>>;
  const Payload = JSON.stringify(input);
  const answer = await lambda.send(new InvokeCommand({ FunctionName: String(names[handler]), Payload }));
  lambda.destroy();
  expect(answer.FunctionError).toBeUndefined();
  return JSON.parse(Buffer.from(answer.Payload ?? []).toString());
};
/** Sends a clip over and over, by RTMPS, with the key that the API shows. */
const goLive = async (person: Person): Promise<Push> => {
  const { body, headers } = await person.call({ path: "/stream/me/stream-key" });
  expect(headers.get("cache-control")).toBe("no-store");
  const [ffmpeg, clip] = await Promise.all([projectFfmpeg(), smallClip()]);
  const clipAgain = ["-stream_loop", "-1", "-i", clip, "-c", "copy", "-tls_verify", "0"];
  return push(ffmpeg, clipAgain, `${platform.deployed.cloud.rtmpsUrl}/${body.streamKey}`);
};
const soon = (fact: () => Promise<void>, seconds = 30) => vi.waitFor(fact, { timeout: seconds * 1000, interval: 250 });

describe("somebody who signs up", () => {
  it("confirms the mailed code, signs in, and has a channel and a room, one of each", async () => {
    owner = await signUpAs(platform, "Streamer");
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
    const all = await platform.call({ path: "/public/channels" });
    expect(all.body.channels.map((channel: { name: string }) => channel.name)).toContain(name);
  });
});

describe("an owner", () => {
  it("says what the channel is called and what comes next, which everyone sees", async () => {
    const renamed = `${name}-2`;
    const changes = { title: "Evening show", description: "Every day", nickname: "Ana", name: renamed };
    expect(await owner.call({ method: "PATCH", path: "/stream/me", body: changes })).toMatchObject({
      status: 200,
      body: changes,
    });
    expect((await platform.call({ path: `/public/channels/${name}` })).status).toBe(404);
    name = renamed;
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const planned = { startsAt, title: "Tomorrow" };
    expect((await owner.call({ method: "PUT", path: "/stream/me/next-stream", body: planned })).status).toBeLessThan(
      300,
    );
    const calendar = await platform.call({ path: `/public/channels/${name}/next.ics` });
    expect(calendar.headers.get("content-type")).toContain("text/calendar");
    expect(calendar.body).toMatch(/^SUMMARY:.*Tomorrow\r$/m);
    expect((await platform.call({ path: `/public/channels/${name}` })).body).toMatchObject({
      planned: { title: "Tomorrow" },
    });
  });

  it("shows a picture, which comes back byte for byte, and takes it away", async () => {
    const file = png();
    const wanted = { contentType: "image/png", bytes: file.length };
    const { body: form } = await owner.call({ method: "POST", path: "/stream/me/avatar", body: wanted });
    expect(await postForm(form, file)).toBe(204);
    expect((await owner.call({ method: "PUT", path: "/stream/me/avatar", body: { id: form.id } })).status).toBe(204);
    const { body: shown } = await platform.call({ path: `/public/channels/${name}` });
    const picture = await platform.fetch(`/${String(shown.avatarUrl).split("/").slice(-3).join("/")}`);
    expect(Buffer.from(await picture.arrayBuffer()).equals(file)).toBe(true);
    expect((await owner.call({ method: "DELETE", path: "/stream/me/avatar" })).status).toBe(204);
  });

  it("gets another stream key, the same one for the same request, and the old one is worth nothing", async () => {
    const before = (await owner.call({ path: "/stream/me/stream-key" })).body.streamKey;
    const headers = { "idempotency-key": "a-reset-of-the-owner" };
    const reset = { method: "POST", path: "/stream/me/stream-key/reset", headers } as const;
    const first = await owner.call(reset);
    expect(first).toMatchObject({ status: 200, body: { streamKey: expect.stringMatching(/^sk_/) } });
    expect(first.body.streamKey).not.toBe(before);
    await sleep(1100);
    expect((await owner.call(reset)).body).toEqual(first.body);
  });

  it("is told by a webhook, whose secret is shown once", async () => {
    const body = { url: "https://example.com/hook" };
    const made = await owner.call({ method: "PUT", path: "/stream/me/webhook", body });
    expect(made.body.secret).toMatch(/^whsec_/);
    expect((await owner.call({ path: "/stream/me/webhook" })).body).toEqual({ url: body.url, hasFailures: false });
    expect((await owner.call({ path: "/stream/me/webhook/failures" })).body).toEqual({ failures: [] });
  });
});

describe("a stream", () => {
  let encoder: Push;
  afterAll(async () => {
    encoder?.process.kill("SIGKILL");
    await encoder?.ended;
  });

  it("is in the list of live channels while the encoder sends, and has a picture", async () => {
    encoder = await goLive(owner);
    await soon(async () => expect(await live()).toContain(name));
    const shown = await platform.call({ path: `/public/channels/${name}` });
    expect(shown.body.live).toBe(true);
    expect(await (await fetch(shown.body.playbackUrl)).text()).toContain("#EXTM3U");
    expect(await callFunction("observe-streams")).toMatchObject({ listed: 1, foreign: 0, corrected: 0 });
    const watched = await platform.call({ path: "/public/live?sort=most-watched" });
    expect(watched.body.channels).toMatchObject([{ name }]);
  });

  it("goes from the list when the encoder stops, and is in the owner's history", async () => {
    encoder.process.kill("SIGTERM");
    await encoder.ended;
    await soon(async () => expect(await live()).not.toContain(name));
    const { body } = await owner.call({ path: "/stream/me/sessions" });
    expect(body.sessions).toMatchObject([{ streamId: expect.stringMatching(/^st-/), endReported: true }]);
    const metrics = await owner.call({ path: `/stream/me/sessions/${body.sessions[0].streamId}/metrics` });
    expect(metrics).toMatchObject({ status: 200, body: { concurrentViews: expect.any(Array) } });
  });
});

describe("a room", () => {
  const tokenOf = (person: Person) => person.call({ method: "POST", path: `/stream/channels/${name}/chat-token` });

  beforeAll(async () => {
    viewer = await signUpAs(platform, "Viewer");
    const beforeGroup = await signUpAs(platform, "Moderator");
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
    const again = await tokenOf(viewer);
    expect(again.status).toBe(200);

    const slow = `/stream/channels/${name}/slow-mode`;
    expect((await moderator.call({ method: "PUT", path: slow, body: { seconds: 120 } })).status).toBeLessThan(300);
    const hasty = await enterChat(again.body);
    await vi.waitFor(
      async () => {
        hasty.say("me again");
        await hasty.hears({ Type: "ERROR", ErrorCode: 406 });
      },
      { timeout: 30_000 },
    );
    expect((await moderator.call({ method: "PUT", path: slow, body: { seconds: 0 } })).status).toBeLessThan(300);
    expect((await moderator.call({ method: "PUT", path: ban, body: { reason: "haste" } })).status).toBe(200);
    await hasty.closed;
    other.leave();

    const { body } = await moderator.call({ path: `/stream/channels/${name}/audit` });
    expect(body.entries.map((entry: { action: string }) => entry.action)).toEqual([
      ...["ban", "slow-mode", "slow-mode", "unban", "ban", "delete-message"],
    ]);
  });
});

describe("a private channel", () => {
  const origin = "https://live.example.com";
  let encoder: Push;
  afterAll(async () => {
    encoder?.process.kill("SIGKILL");
    await encoder?.ended;
  });

  const access = (body: object) => owner.call({ method: "PUT", path: "/stream/me/access", body });
  const tokenFor = (person: Person, channel = name, body: object = {}) =>
    person.call({
      ...{ method: "POST", path: `/stream/channels/${channel}/playback-token` },
      ...{ body, headers: { origin } },
    });
  const listed = async (method: "PUT" | "DELETE", { name: viewerName }: { name: string }) =>
    (await owner.call({ method, path: `/stream/me/allowed-viewers/${viewerName}` })).status;
  const ban = (method: "PUT" | "DELETE") => {
    const path = `/stream/channels/${name}/bans/${viewer.sub}`;
    return moderator.call({ method, path, ...(method === "PUT" && { body: { reason: "spoilers" } }) });
  };
  let me: { name: string };

  it("is made by its owner while it is not live, and shows no playback URL any more", async () => {
    expect(await access({ access: "private" })).toMatchObject({
      status: 200,
      body: { access: "private", audience: "listed" },
    });
    expect(await channelsOf(owner)).toMatchObject([{ authorized: true }]);
    const { body } = await platform.call({ path: `/public/channels/${name}` });
    expect(body).toMatchObject({ access: "private" });
    expect(body).not.toHaveProperty("playbackUrl");
    encoder = await goLive(owner);
    await soon(async () => expect(await live()).toContain(name));
    expect(await access({ access: "public" })).toMatchObject({ status: 409, body: { code: "CHANNEL_LIVE" } });
  });

  it("plays for whom its owner lists, on the page that asked, and for nobody else", async () => {
    await ban("DELETE");
    me = (await viewer.call({ path: "/stream/me" })).body;
    expect(await tokenFor(viewer)).toMatchObject({
      status: 403,
      body: { code: "NOT_ENTITLED", reason: "not-listed" },
    });
    const chat = { method: "POST", path: `/stream/channels/${name}/chat-token` } as const;
    expect(await viewer.call(chat)).toMatchObject({ status: 403, body: { code: "CHAT_PRIVATE" } });

    expect(await listed("PUT", me)).toBe(204);
    expect((await owner.call({ path: "/stream/me/allowed-viewers" })).body.viewers).toMatchObject([{ name: me.name }]);
    expect((await viewer.call(chat)).status).toBe(200);
    const { status, body, headers } = await tokenFor(viewer);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(await (await play(body.playbackUrl, origin))()).toBe(200);
    expect((await tokenFor(viewer)).body).toEqual(body);
    for (const refused of [
      fetch(body.playbackUrl.split("?")[0], { headers: { origin } }),
      fetch(body.playbackUrl, { headers: { origin: "https://elsewhere.example.com" } }),
    ]) {
      expect((await refused).status).toBe(403);
    }
    const once = await tokenFor(viewer, name, { singleUse: true });
    await play(once.body.playbackUrl, origin);
    expect((await fetch(once.body.playbackUrl, { headers: { origin } })).status).toBe(403);
  });

  it("is watched no more by who is taken off the list, or banned, or whose sessions are ended", async () => {
    const before = await tokenFor(viewer);
    const first = await play(before.body.playbackUrl, origin);
    expect(await listed("DELETE", me)).toBe(204);
    await soon(async () => expect(await first()).toBe(403));
    expect((await tokenFor(viewer)).status).toBe(403);

    expect(await listed("PUT", me)).toBe(204);
    expect((await fetch(before.body.playbackUrl, { headers: { origin } })).status, "an old token").toBe(403);
    const second = await play((await tokenFor(viewer)).body.playbackUrl, origin);
    expect((await ban("PUT")).status).toBe(200);
    await soon(async () => expect(await second()).toBe(403));
    expect(await tokenFor(viewer)).toMatchObject({ status: 403, body: { code: "BANNED" } });

    expect((await ban("DELETE")).status).toBe(204);
    const third = await play((await tokenFor(viewer)).body.playbackUrl, origin);
    const revocations = { method: "POST", path: `/stream/channels/${name}/revocations` } as const;
    const both = { userIds: [viewer.sub, moderator.sub] };
    expect((await viewer.call({ ...revocations, body: both })).status).toBe(403);
    expect((await owner.call({ ...revocations, body: both })).status).toBe(204);
    await soon(async () => expect(await third()).toBe(403));
    expect(await (await play((await tokenFor(viewer)).body.playbackUrl, origin))()).toBe(200);
    // Stays, to be looked at once more when tokens of the room have run out.
    expect((await ban("PUT")).status).toBe(200);
  });

  it("is asked for by its name, and a public one needs no token", async () => {
    expect(await tokenFor(viewer, "nobody-s")).toMatchObject({ status: 404, body: { code: "CHANNEL_UNKNOWN" } });
    expect(await tokenFor(viewer, "main-stage")).toMatchObject({ status: 400, body: { code: "CHANNEL_PUBLIC" } });
    expect(await tokenFor(viewer, "backstage")).toMatchObject({ status: 200 });
    const withoutPage = { method: "POST", path: `/stream/channels/${name}/playback-token` } as const;
    expect(await viewer.call(withoutPage)).toMatchObject({
      status: 400,
      body: { errors: [{ field: "header.origin", rule: "must be there" }] },
    });
  });

  it("is public again when its owner says so after the stream", async () => {
    encoder.process.kill("SIGTERM");
    await encoder.ended;
    await soon(async () => expect(await live()).not.toContain(name));
    await soon(async () => expect((await access({ access: "public" })).status).toBe(200));
    expect(await channelsOf(owner)).toMatchObject([{ authorized: false }]);
    expect((await platform.call({ path: `/public/channels/${name}` })).body.playbackUrl).toMatch(/\.m3u8$/);
  });
});

describe("an account", () => {
  it("is deleted while it is live, with its channel, room and user, and its token opens nothing any more", async () => {
    const encoder = await goLive(viewer);
    const { body: me } = await viewer.call({ path: "/stream/me" });
    await soon(async () => expect(await live()).toContain(me.name));
    expect((await viewer.call({ method: "DELETE", path: "/stream/me" })).status).toBe(202);
    expect((await encoder.ended).code, "the encoder is cut off").not.toBe(0);
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
    // A minute later it is looked at once more, and until then the sweep knows of it.
    expect(await callFunction("sweep-accounts", { job: "unfinished" })).toEqual({ sent: 1 });
  });

  it("is not made again by a forgotten password", async () => {
    await changeForgottenPassword(platform, owner.email);
    expect((await owner.call({ path: "/stream/me" })).body.name).toBe(name);
    expect(await channelsOf(owner)).toHaveLength(1);
    expect(await roomsOf(owner)).toHaveLength(1);
  });
});

describe("what runs by the clock", () => {
  it("finds everything in order, called now", async () => {
    expect(await callFunction("observe-streams")).toMatchObject({ listed: 0, corrected: 0 });
    expect(await callFunction("sweep-accounts", { job: "spares" })).toEqual({ channels: 0, rooms: 0 });
    expect(await callFunction("sweep-accounts", { job: "unconfirmed" })).toEqual({ users: 0 });
    expect(await callFunction("sweep-accounts", { job: "userless" })).toMatchObject({ gone: 0 });
  });
});

describe("the functions' roles", () => {
  it("allow what was asked for here, and nothing that nobody needs", async () => {
    const state = await platform.deployed.terraform("platform").must("state", "pull");
    const folder = join(platform.deployed.folder, "cloud");
    // The banned are disconnected once more after 20 seconds.
    await soon(async () => expectNothingInVain(grantsInState(state), decisionsOf(folder), EXCEPTIONS), 40);
  });
});
