import * as v from "valibot";
import type { ListPage } from "../use-list.ts";
import { nothing } from "./call.ts";
import { callAsUser } from "./own.ts";
import { cursorQuery } from "./public.ts";

const viewer = v.object({ name: v.string(), nickname: v.string(), since: v.string() });
const viewers = v.object({ viewers: v.array(viewer), next: v.optional(v.string()) });

/** Somebody who may watch. */
export type AllowedViewer = Readonly<v.InferOutput<typeof viewer>>;

/** Who may watch one's own channel: everyone, or of a private one some. */
export type AccessWish =
  | { readonly access: "public" }
  | { readonly access: "private"; readonly audience: "listed" | "signed-in" }
  | { readonly access: "private"; readonly audience: "group"; readonly group: string };

/** Says who may watch one's own channel. @throws ApiError CHANNEL_LIVE, NO_PLAYBACK_KEY */
export const changeAccess = (wish: AccessWish) => callAsUser(nothing, "me/access", { method: "PUT", body: wish });

const viewerPath = (name: string) => `me/allowed-viewers/${encodeURIComponent(name)}`;

/** Whom one has listed. @throws ApiError */
export async function listAllowedViewers(cursor?: string): Promise<ListPage<AllowedViewer>> {
  const { viewers: rows, next } = await callAsUser(viewers, `me/allowed-viewers${cursorQuery(cursor)}`);
  return { rows, next };
}

/** Lists somebody by the name of their channel. @throws ApiError CHANNEL_UNKNOWN */
export const allowViewer = (name: string) => callAsUser(nothing, viewerPath(name), { method: "PUT" });

/** Takes somebody off the list, and ends what they watch. @throws ApiError */
export const disallowViewer = (name: string) => callAsUser(nothing, viewerPath(name), { method: "DELETE" });
