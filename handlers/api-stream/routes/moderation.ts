import * as v from "valibot";
import * as moderate from "#domain/chat/moderate.ts";
import type { Ban } from "#domain/chat/ports.ts";
import { moderates, roleIn } from "#domain/chat/role.ts";
import { slowModeSeconds } from "#domain/chat/slow-mode.ts";
import type { Profiles } from "#domain/profiles/profile.ts";
import { presentAccount } from "../../shared/accounts/present-caller.ts";
import type { ReadyDeps } from "../../shared/accounts/ready-route.ts";
import type { Caller } from "../../shared/api/caller.ts";
import { nextOf, toIsoTime } from "../../shared/api/channel.ts";
import { channelPublic } from "../../shared/api/channel-public.ts";
import { channelPath, isoTime, matching, pageOf, pageQuery, plainText } from "../../shared/api/fields.ts";
import { Problem } from "../../shared/api/problem.ts";
import { answer, signedInRoute } from "../../shared/api/route.ts";
import { channelWithRoom } from "../../shared/chat/channel.ts";

interface ModerationDeps extends ReadyDeps {
  readonly profiles: Pick<Profiles, "byName" | "bySub">;
  readonly moderation: moderate.ModerationPorts;
}

/** The room that a caller wants to moderate. @throws Problem CHANNEL_UNKNOWN, NOT_MODERATOR, ACCOUNT_DELETED */
async function moderated(name: string, caller: Caller, deps: ModerationDeps): Promise<moderate.Moderation> {
  const [{ sub: ownerSub, roomArn, access, channelArn }] = await Promise.all([
    channelWithRoom(deps.profiles, name),
    presentAccount(caller, deps),
  ]);
  if (moderates(roleIn(ownerSub, caller))) {
    return { ownerSub, roomArn, by: caller.sub, ...(access === "private" && { privateChannelArn: channelArn }) };
  }
  const detail = `The chat of ${name} is moderated by its owner, and by moderators and admins.`;
  throw new Problem(403, "NOT_MODERATOR", "You do not moderate this chat.", detail);
}

/** A user of the pool; guests have no ban, since a guest can only read, and is another one by another secret. */
const userId = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "must be the id of a user who signed up");
const messageId = matching(/^[A-Za-z0-9]{12}$/, "must be the id of a message: 12 letters or digits");
const reason = v.optional(plainText({ minimum: 0, maximum: 200 }), "");
const userPath = v.strictObject({ ...channelPath.entries, userId });

/** What somebody is called now; absent when their account is gone. */
const nickname = v.optional(v.string());

async function nicknamesOf(subs: readonly string[], { profiles }: ModerationDeps) {
  const found = await Promise.all(
    [...new Set(subs)].map(async (sub) => [sub, (await profiles.bySub(sub))?.nickname] as const),
  );
  const nicknames = new Map(found);
  return (sub: string) => nicknames.get(sub);
}

const oneOfNumbers = <const Numbers extends readonly number[]>(numbers: Numbers) =>
  v.picklist(numbers, `must be one of ${numbers.join(", ")}`);

const banAnswer = v.object({
  userId: v.string(),
  nickname,
  by: v.string(),
  reason: v.string(),
  at: isoTime,
  until: v.optional(isoTime),
});

const shownBan = ({ userId, by, reason, at, until }: Ban, nickname: string | undefined) => ({
  ...{ userId, nickname, by, reason, at: toIsoTime(at) },
  ...(until !== undefined && { until: toIsoTime(until) }),
});

export const listBans = signedInRoute({
  id: "listBans",
  summary: "Lists who may not enter a channel's chat, for those who moderate it.",
  params: channelPath,
  query: pageQuery,
  answers: { 200: pageOf("bans", banAnswer) },
  async handle({ params, query, caller }, deps: ModerationDeps) {
    const { ownerSub } = await moderated(params.name, caller, deps);
    const { bans, now } = deps.moderation;
    const page = await bans.list(ownerSub, now(), query);
    const banned = page.rows.map(({ userId }) => userId);
    const nicknameOf = await nicknamesOf(banned, deps);
    return answer(200, { bans: page.rows.map((row) => shownBan(row, nicknameOf(row.userId))), ...nextOf(page) });
  },
});

export const ban = signedInRoute({
  id: "ban",
  summary: "Puts a user out of a channel's chat for some minutes, or for good where none are given.",
  params: userPath,
  body: v.strictObject({ minutes: v.optional(oneOfNumbers(moderate.timeoutMinutes)), reason }),
  answers: { 200: banAnswer },
  async handle({ params, body, caller }, deps: ModerationDeps) {
    const room = await moderated(params.name, caller, deps);
    const banned = await moderate.ban(deps.moderation, room, { userId: params.userId, ...body });
    if (banned === "user-unknown") {
      throw new Problem(404, "USER_UNKNOWN", "There is no such user.", `There is no user ${params.userId}.`);
    }
    if (banned === "user-protected") {
      const detail = `${params.userId} owns this channel, or is a moderator or an admin.`;
      throw new Problem(409, "USER_PROTECTED", "This user cannot be banned here.", detail);
    }
    const nicknameOf = await nicknamesOf([banned.userId], deps);
    return answer(200, shownBan(banned, nicknameOf(banned.userId)));
  },
});

export const unban = signedInRoute({
  id: "unban",
  summary: "Lets a user into a channel's chat again.",
  params: userPath,
  answers: { 204: null },
  async handle({ params, caller }, deps: ModerationDeps) {
    const room = await moderated(params.name, caller, deps);
    if (await moderate.unban(deps.moderation, room, params.userId)) return answer(204);
    throw new Problem(404, "BAN_UNKNOWN", "There is no such ban.", `${params.userId} is not banned here.`);
  },
});

export const setSlowMode = signedInRoute({
  id: "setSlowMode",
  summary: "Sets how long viewers wait between two messages in a channel's chat; those who moderate it never wait.",
  params: channelPath,
  body: v.strictObject({ seconds: oneOfNumbers(slowModeSeconds) }),
  answers: { 200: v.object({ slowModeSeconds: v.number() }) },
  async handle({ params, body, caller }, deps: ModerationDeps) {
    await moderate.setSlowMode(deps.moderation, await moderated(params.name, caller, deps), body.seconds);
    return answer(200, { slowModeSeconds: body.seconds });
  },
});

export const deleteMessage = signedInRoute({
  id: "deleteMessage",
  summary: "Takes a message off everyone's page.",
  params: v.strictObject({ ...channelPath.entries, id: messageId }),
  body: v.strictObject({ reason, userId: v.optional(userId) }),
  answers: { 204: null },
  async handle({ params, body, caller }, deps: ModerationDeps) {
    const room = await moderated(params.name, caller, deps);
    await moderate.deleteMessage(deps.moderation, room, { messageId: params.id, ...body });
    return answer(204);
  },
});

/** BatchStartViewerSessionRevocation takes no more. */
const mostRevocations = 20;
const userIds = v.pipe(
  v.array(userId, "must be a list"),
  v.minLength(1, `must be 1 to ${mostRevocations} users`),
  v.maxLength(mostRevocations, `must be 1 to ${mostRevocations} users`),
  v.check((ids) => new Set(ids).size === ids.length, "must name each user once"),
);

export const revokeViewerSessions = signedInRoute({
  id: "revokeViewerSessions",
  summary: "Ends what users watch of a private channel now; who may watch it can begin again.",
  params: channelPath,
  body: v.strictObject({ userIds, reason }),
  answers: { 204: null },
  async handle({ params, body, caller }, deps: ModerationDeps) {
    const room = await moderated(params.name, caller, deps);
    const { privateChannelArn: channelArn } = room;
    if (channelArn === undefined) throw channelPublic(params.name);
    await moderate.revokeSessions(deps.moderation, room, { channelArn, ...body });
    return answer(204);
  },
});

const auditEntry = v.object({
  id: v.string(),
  at: isoTime,
  action: v.picklist(["ban", "timeout", "unban", "delete-message", "slow-mode", "revoke"]),
  by: v.string(),
  byNickname: nickname,
  userId: v.optional(v.string()),
  nickname,
  reason: v.string(),
  /** A message's id, the minutes of a timeout, the seconds of slow mode. */
  detail: v.optional(v.string()),
});

export const listAudit = signedInRoute({
  id: "listAudit",
  summary: "Lists what was done to moderate a channel's chat, newest first, for those who moderate it.",
  params: channelPath,
  query: pageQuery,
  answers: { 200: pageOf("entries", auditEntry) },
  async handle({ params, query, caller }, deps: ModerationDeps) {
    const { ownerSub } = await moderated(params.name, caller, deps);
    const page = await deps.moderation.audit.list(ownerSub, query);
    const people = page.rows.flatMap(({ by, userId }) => (userId === undefined ? [by] : [by, userId]));
    const nicknameOf = await nicknamesOf(people, deps);
    const entries = page.rows.map(({ at, ...entry }) => ({
      ...entry,
      byNickname: nicknameOf(entry.by),
      ...(entry.userId !== undefined && { nickname: nicknameOf(entry.userId) }),
      at: toIsoTime(at),
    }));
    return answer(200, { entries, ...nextOf(page) });
  },
});
