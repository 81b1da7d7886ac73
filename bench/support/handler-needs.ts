import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DEFAULT_ENVIRONMENT, readSettings } from "#settings/read-settings.ts";

/** What the stacks build into handlers, by the project's own settings. */
export function handlerConstants(): Record<string, unknown> {
  const settings = readSettings(join(import.meta.dirname, "../../cdktf.json"), DEFAULT_ENVIRONMENT);
  const { moderation, accounts, playback, playbackKeys } = settings;
  const { recorded: _, ...channel } = accounts.channel;
  return {
    MODERATION_RULES: moderation,
    CHAT_SESSION_MINUTES: accounts.chatSessionMinutes,
    SESSION_HISTORY_DAYS: accounts.sessionHistoryDays,
    PLANS: accounts.plans,
    ALLOW_PRIVATE_WEBHOOKS: accounts.allowPrivateWebhooks,
    PRIVATE_CHANNELS: playbackKeys.length > 0,
    TOKEN_SECONDS: playback.tokenSeconds,
    ORIGINS: playback.origins,
    STRICT_ORIGIN: playback.strictOrigin,
    ACCOUNT_DESIGN: { channel, room: accounts.room },
  };
}

/** A value for each variable that a handler's env.ts names; none where there is no such file. */
export async function handlerVariables(folder: string): Promise<Record<string, string>> {
  const file = join(folder, "env.ts");
  if (!existsSync(file)) return {};
  const { environment } = await import(pathToFileURL(file).href);
  return Object.fromEntries(Object.keys(environment.entries).map((name) => [name, "example"]));
}
