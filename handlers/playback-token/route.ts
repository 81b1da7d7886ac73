import * as v from "valibot";
import { maximumResolutions } from "#domain/playback/claims.ts";
import { closedAudience } from "#domain/playback/entitlement.ts";
import { SignerBusyError } from "#domain/playback/signer.ts";
import { type WatchAnswer, type WatchPorts, watch } from "#domain/playback/watch.ts";
import type { Profiles } from "#domain/profiles/profile.ts";
import { presentAccount } from "../shared/accounts/present-caller.ts";
import type { ReadyDeps } from "../shared/accounts/ready-route.ts";
import { toIsoTime } from "../shared/api/channel.ts";
import { channelPublic } from "../shared/api/channel-public.ts";
import { channelUnknown } from "../shared/api/channel-unknown.ts";
import { channelPath, isoTime, matching, oneOf } from "../shared/api/fields.ts";
import { Problem } from "../shared/api/problem.ts";
import { answer, signedInRoute } from "../shared/api/route.ts";

export interface PlaybackDeps extends ReadyDeps {
  readonly profiles: Pick<Profiles, "byName">;
  /** Absent where the platform has no playback key. */
  readonly watching: WatchPorts | undefined;
  /** Pages that may play; none for whichever asks. */
  readonly origins: readonly string[];
}

const origin = matching(
  /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/,
  "must be the page's origin, such as https://live.example.com; browsers send it",
);

function originRefused(asked: string, origins: readonly string[]): Problem {
  const detail = `header.origin must be one of ${origins.join(", ")}; got ${asked}.`;
  return new Problem(403, "ORIGIN_REFUSED", "This page may not play private channels.", detail);
}

const reasons = {
  "not-listed": "is for people whom its owner has listed",
  "not-in-group": "is for a group that you are not in",
} as const;

function refusal(name: string, refused: WatchAnswer & { readonly entitled: false }): Problem {
  if (refused.because !== "banned") {
    const extra = { reason: refused.because };
    const detail = `The channel ${name} ${reasons[refused.because]}.`;
    return new Problem(403, "NOT_ENTITLED", "You may not watch this channel.", detail, { extra });
  }
  const until = refused.until === undefined ? undefined : toIsoTime(refused.until);
  const detail = `You may not watch ${name}${until ? ` before ${until}` : ""}: you are banned from its chat.`;
  return new Problem(403, "BANNED", "You are banned from this channel.", detail, {
    extra: { reason: "banned", ...(until && { until }) },
  });
}

const signerBusy = (): Problem =>
  new Problem(503, "BUSY", "Too much is going on right now.", "Try again in a moment.", {
    headers: { "retry-after": "1" },
  });

/** A private channel that is there, with what a token needs. @throws Problem CHANNEL_UNKNOWN, CHANNEL_PUBLIC */
async function privateChannel(name: string, { profiles }: PlaybackDeps) {
  const { sub, channelArn, addresses, access, audience = closedAudience } = (await profiles.byName(name)) ?? {};
  if (sub === undefined || channelArn === undefined || addresses === undefined) throw channelUnknown(name);
  if (access === "public") throw channelPublic(name);
  return { sub, channelArn, addresses, audience };
}

export const createPlaybackToken = signedInRoute({
  id: "createPlaybackToken",
  summary: "Makes a token by which the caller may watch a private channel, on the page that asks for it.",
  params: channelPath,
  headers: v.object({ origin }),
  body: v.strictObject({
    singleUse: v.optional(v.boolean("must be true or false"), false),
    maximumResolution: v.optional(oneOf(maximumResolutions)),
  }),
  answers: {
    200: v.object({
      token: v.string(),
      /** The address to play, the token in it. */
      playbackUrl: v.string(),
      /** Until when playback can begin; what has begun goes on. */
      expiresAt: isoTime,
    }),
  },
  async handle({ params: { name }, headers, body, caller }, deps: PlaybackDeps) {
    const { watching, origins } = deps;
    if (origins.length > 0 && !origins.includes(headers.origin)) throw originRefused(headers.origin, origins);
    const [channel] = await Promise.all([privateChannel(name, deps), presentAccount(caller, deps)]);
    if (watching === undefined) {
      const detail = "The platform's settings name no playback key.";
      throw new Problem(409, "NO_PLAYBACK_KEY", "Private channels cannot be watched here.", detail);
    }
    const watched = await watch(watching, { channel, viewer: caller, origin: headers.origin, ...body }).catch(
      (error: unknown) => {
        throw error instanceof SignerBusyError ? signerBusy() : error;
      },
    );
    if (!watched.entitled) throw refusal(name, watched);
    const { token, expiresAt } = watched;
    const playbackUrl = `${channel.addresses.playbackUrl}?token=${token}`;
    return answer(200, { token, playbackUrl, expiresAt: toIsoTime(expiresAt * 1000) });
  },
});
