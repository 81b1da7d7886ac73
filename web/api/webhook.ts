import * as v from "valibot";
import type { ListPage } from "../use-list.ts";
import { ApiError } from "./api-error.ts";
import { nothing } from "./call.ts";
import { callAsUser } from "./own.ts";
import { cursorQuery } from "./public.ts";

const path = "me/webhook";

const webhook = v.object({ url: v.string(), hasFailures: v.boolean() });
/** Only whoever sets a webhook sees its secret, and only then. */
const newWebhook = v.object({ url: v.string(), secret: v.string() });
const failure = v.object({ id: v.string(), at: v.string(), kind: v.string(), why: v.string() });
const failures = v.object({ failures: v.array(failure), next: v.optional(v.string()) });

export type Webhook = Readonly<v.InferOutput<typeof webhook>>;
export type NewWebhook = Readonly<v.InferOutput<typeof newWebhook>>;

/** Where one's own server is told; `null` for nowhere. @throws ApiError */
export async function getWebhook(): Promise<Webhook | null> {
  try {
    return await callAsUser(webhook, path);
  } catch (error) {
    if (error instanceof ApiError && error.code === "WEBHOOK_UNKNOWN") return null;
    throw error;
  }
}

/** Sets where it is told; a secret of before is good for nothing from then on. @throws ApiError */
export const setWebhook = (url: string): Promise<NewWebhook> =>
  callAsUser(newWebhook, path, { method: "PUT", body: { url } });

export const removeWebhook = () => callAsUser(nothing, path, { method: "DELETE" });

/** What could not be told lately, newest first. @throws ApiError */
export async function listWebhookFailures(cursor?: string): Promise<ListPage<v.InferOutput<typeof failure>>> {
  const { failures: rows, next } = await callAsUser(failures, `${path}/failures${cursorQuery(cursor)}`);
  return { rows, next };
}
