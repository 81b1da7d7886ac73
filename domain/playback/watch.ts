import type { Bans } from "../chat/ports.ts";
import type { Member } from "../chat/role.ts";
import { type MaximumResolution, makeClaims } from "./claims.ts";
import { type Audience, type Entitlement, mayWatch } from "./entitlement.ts";
import type { KeptToken, KeptTokens } from "./kept-tokens.ts";
import type { AccessLists, SessionVersions } from "./ports.ts";
import type { PlaybackSigner } from "./signer.ts";

/** What tokens of this platform are like, besides whom and what they are for. */
export interface TokenPolicy {
  /** 60 to 600. */
  readonly lifetimeSeconds: number;
  readonly strictOrigin: boolean;
}

export interface WatchPorts {
  readonly bans: Pick<Bans, "find">;
  readonly lists: Pick<AccessLists, "has">;
  readonly versions: Pick<SessionVersions, "read">;
  readonly signer: PlaybackSigner;
  readonly kept: KeptTokens;
  readonly policy: TokenPolicy;
  /** Milliseconds. */
  readonly now: () => number;
  /** A UUID. */
  readonly newId: () => string;
}

/** A private channel, and who asks to watch it from where. */
export interface WatchRequest {
  readonly channel: { readonly sub: string; readonly channelArn: string; readonly audience: Audience };
  readonly viewer: Member;
  /** The page that plays, for example `https://live.example.com`. */
  readonly origin: string;
  /** The token begins playback once, and is not kept. @default false */
  readonly singleUse?: boolean | undefined;
  /** @default the channel's best */
  readonly maximumResolution?: MaximumResolution | undefined;
}

export type WatchAnswer = Exclude<Entitlement, { entitled: true }> | ({ readonly entitled: true } & KeptToken);

/**
 * A token by which someone may watch a private channel, bound to the channel, the page and the viewer.
 *
 * Bans, lists and versions are read each time; only the signature is saved where the same token was made before. The
 * version is read before the rest: a ban is written before it raises the version, so a token that was decided on without
 * the ban carries a version that the ban revokes.
 *
 * @throws SignerBusyError
 */
export async function watch(ports: WatchPorts, request: WatchRequest): Promise<WatchAnswer> {
  const { bans, lists, versions, kept } = ports;
  const { channel, viewer } = request;
  const now = ports.now();
  const version = await versions.read(channel.channelArn, viewer.sub);
  const [ban, listed] = await Promise.all([
    bans.find(channel.sub, viewer.sub, now),
    channel.audience.kind === "listed" ? lists.has(channel.sub, viewer.sub) : false,
  ]);
  const { sub: ownerSub, audience } = channel;
  const entitlement = mayWatch({ ownerSub, audience, viewer, ban, listed });
  if (!entitlement.entitled) return entitlement;
  const make = () => makeToken(ports, request, version, now);
  const key = [channel.channelArn, viewer.sub, version, request.origin, request.maximumResolution ?? ""].join(" ");
  const token = request.singleUse ? await make() : await kept.get(key, now, make);
  return { entitled: true, ...token };
}

async function makeToken(
  { signer, policy, newId }: WatchPorts,
  { channel, viewer, origin, singleUse, maximumResolution }: WatchRequest,
  viewerSessionVersion: number,
  now: number,
): Promise<KeptToken> {
  const claims = makeClaims(
    {
      channelArn: channel.channelArn,
      ...policy,
      origins: [origin],
      viewerId: viewer.sub,
      viewerSessionVersion,
      ...(singleUse && { singleUseId: newId() }),
      maximumResolution,
    },
    now,
  );
  return { token: await signer.sign(claims), expiresAt: claims.exp };
}
