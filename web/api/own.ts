import type * as v from "valibot";
import { accessToken, signedOutByServer } from "../account/session.ts";
import type { ListPage } from "../use-list.ts";
import { ApiError } from "./api-error.ts";
import { type CallOptions, call, nothing } from "./call.ts";
import { avatarForm, type Me, me, type Session, sessionPage, streamKey, streamKeyReset } from "./schema.ts";

/**
 * Calls the API for whoever is signed in. A token that the API does not take is renewed once: its clock may be ahead of
 * ours.
 *
 * @param path below `/api/stream/`
 * @throws ApiError
 */
export async function callAsUser<Schema extends v.GenericSchema>(
  schema: Schema,
  path: string,
  options: CallOptions = {},
): Promise<v.InferOutput<Schema>> {
  const attempt = async (isRenewed: boolean) => {
    const token = await accessToken({ renew: isRenewed });
    if (token === undefined) throw new ApiError(401, "You are signed out. Sign in again.");
    const headers = { ...options.headers, authorization: `Bearer ${token}` };
    return call(schema, `stream/${path}`, { ...options, headers });
  };
  try {
    return await attempt(false).catch((error: unknown) => {
      if (isUnauthorized(error) && error.code !== "ACCOUNT_DELETED") return attempt(true);
      throw error;
    });
  } catch (error) {
    if (isUnauthorized(error)) signedOutByServer();
    throw error;
  }
}

const isUnauthorized = (error: unknown): error is ApiError => error instanceof ApiError && error.status === 401;

export interface ProfileChanges {
  readonly title?: string;
  readonly description?: string;
  readonly nickname?: string;
  readonly name?: string;
}

/** One's own channel, or how far it is. */
export const getMe = (): Promise<Me> => callAsUser(me, "me");
export const changeMe = (changes: ProfileChanges) => callAsUser(nothing, "me", { method: "PATCH", body: changes });

export const getStreamKey = async (): Promise<string> => (await callAsUser(streamKey, "me/stream-key")).streamKey;

/**
 * Makes a new stream key; the old one is good for nothing from then on.
 *
 * @param attempt the same for each try of one reset, so that an answer which was lost leaves one new key, not two
 * @returns undefined while it is being made
 */
export const resetStreamKey = async (attempt: string): Promise<string | undefined> => {
  const headers = { "idempotency-key": attempt };
  return (await callAsUser(streamKeyReset, "me/stream-key/reset", { method: "POST", headers })).streamKey;
};

/** Sends a picture to where it is checked, and has it shown. @throws ApiError */
export async function putAvatar(picture: File): Promise<void> {
  const wanted = { contentType: picture.type, bytes: picture.size };
  const { url, fields, id } = await callAsUser(avatarForm, "me/avatar", { method: "POST", body: wanted });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", picture);
  // The bucket's answer is not for this page; whether the picture came is what the next call finds out.
  await fetch(url, { method: "POST", body: form, mode: "no-cors" }).catch(() => undefined);
  await callAsUser(nothing, "me/avatar", { method: "PUT", body: { id } });
}

export const removeAvatar = () => callAsUser(nothing, "me/avatar", { method: "DELETE" });

/** One's own streams, newest first. @throws ApiError */
export async function listSessions(cursor?: string): Promise<ListPage<Session>> {
  const query = cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`;
  const { sessions: rows, next } = await callAsUser(sessionPage, `me/sessions?limit=10${query}`);
  return { rows, next };
}

/** Says when one's own channel is on air next. @param startsAt ISO 8601 */
export const planNextStream = (startsAt: string, title: string) =>
  callAsUser(nothing, "me/next-stream", { method: "PUT", body: { startsAt, title } });
export const cancelNextStream = () => callAsUser(nothing, "me/next-stream", { method: "DELETE" });

/** Begins to delete one's own account, which cannot be stopped; its tokens open nothing any more. */
export const deleteMe = () => callAsUser(nothing, "me", { method: "DELETE" });
