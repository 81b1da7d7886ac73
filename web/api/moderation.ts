import * as v from "valibot";
import type { ListPage } from "../use-list.ts";
import { nothing } from "./call.ts";
import { callAsUser } from "./own.ts";
import { cursorQuery, pathOf } from "./public.ts";

/** What somebody is called; left out when their account is gone. */
const nickname = v.optional(v.string());

const ban = v.object({
  userId: v.string(),
  nickname,
  reason: v.string(),
  at: v.string(),
  /** Left out where it does not end by itself. */
  until: v.optional(v.string()),
});
const bans = v.object({ bans: v.array(ban), next: v.optional(v.string()) });

const auditEntry = v.object({
  id: v.string(),
  at: v.string(),
  action: v.string(),
  /** Who did it. */
  by: v.string(),
  byNickname: nickname,
  /** Whom it was done to. */
  userId: v.optional(v.string()),
  nickname,
  reason: v.string(),
  /** The minutes of a timeout, the seconds of slow mode. */
  detail: v.optional(v.string()),
});
const audit = v.object({ entries: v.array(auditEntry), next: v.optional(v.string()) });

export type Ban = Readonly<v.InferOutput<typeof ban>>;
export type AuditEntry = Readonly<v.InferOutput<typeof auditEntry>>;

/** Why something is done; those who moderate the channel read it. */
interface Reason {
  readonly reason: string;
}

const banPath = (name: string, userId: string) => `${pathOf(name)}/bans/${encodeURIComponent(userId)}`;

/** Takes a message off everyone's page. @throws ApiError */
export const deleteMessage = (name: string, id: string, why: Reason & { readonly userId: string }) =>
  callAsUser(nothing, `${pathOf(name)}/messages/${encodeURIComponent(id)}/delete`, { method: "POST", body: why });

/**
 * Keeps somebody out of a channel's chat.
 *
 * @param how.minutes left out for good
 * @throws ApiError
 */
export const banUser = (name: string, userId: string, how: Reason & { readonly minutes?: number }) =>
  callAsUser(nothing, banPath(name, userId), { method: "PUT", body: how });

/** Ends what somebody watches of a private channel; who may watch it can begin again. @throws ApiError */
export const endWatching = (name: string, userId: string, { reason }: Reason) =>
  callAsUser(nothing, `${pathOf(name)}/revocations`, { method: "POST", body: { userIds: [userId], reason } });

/** Lets somebody in again. @throws ApiError */
export const unbanUser = (name: string, userId: string) =>
  callAsUser(nothing, banPath(name, userId), { method: "DELETE" });

/** Who is kept out of a channel's chat. @throws ApiError */
export async function listBans(name: string, cursor?: string): Promise<ListPage<Ban>> {
  const { bans: rows, next } = await callAsUser(bans, `${pathOf(name)}/bans${cursorQuery(cursor)}`);
  return { rows, next };
}

/** What was done to moderate a channel's chat, newest first. @throws ApiError */
export async function listAudit(name: string, cursor?: string): Promise<ListPage<AuditEntry>> {
  const { entries: rows, next } = await callAsUser(audit, `${pathOf(name)}/audit${cursorQuery(cursor)}`);
  return { rows, next };
}

/** How long everyone but moderators waits between messages; 0 for not at all. @throws ApiError */
export const setSlowMode = (name: string, seconds: number) =>
  callAsUser(nothing, `${pathOf(name)}/slow-mode`, { method: "PUT", body: { seconds } });
