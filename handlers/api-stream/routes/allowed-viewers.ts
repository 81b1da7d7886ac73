import * as v from "valibot";
import type { AccessLists } from "#domain/playback/ports.ts";
import type { RevokePorts } from "#domain/playback/revoke.ts";
import { unlist } from "#domain/playback/unlist.ts";
import type { Profile, Profiles } from "#domain/profiles/profile.ts";
import { type ReadyDeps, readyRoute } from "../../shared/accounts/ready-route.ts";
import { nextOf, toIsoTime } from "../../shared/api/channel.ts";
import { channelUnknown } from "../../shared/api/channel-unknown.ts";
import { channelPath, isoTime, pageOf, pageQuery } from "../../shared/api/fields.ts";
import { Problem } from "../../shared/api/problem.ts";
import { answer } from "../../shared/api/route.ts";

interface AllowedViewersDeps extends ReadyDeps {
  readonly profiles: Pick<Profiles, "bySub" | "byName">;
  readonly accessLists: AccessLists;
  readonly revocation: RevokePorts;
  /** Milliseconds. */
  readonly now: () => number;
}

const viewer = v.object({ name: v.string(), nickname: v.string(), since: isoTime });

/** A person, known by the name of their channel. @throws Problem CHANNEL_UNKNOWN */
async function personOf(name: string, { profiles }: AllowedViewersDeps): Promise<Profile> {
  const profile = await profiles.byName(name);
  if (profile === undefined) throw channelUnknown(name);
  return profile;
}

export const listAllowedViewers = readyRoute({
  id: "listAllowedViewers",
  summary: "Lists whom the caller lets watch their private channel, by the names of their channels.",
  query: pageQuery,
  answers: { 200: pageOf("viewers", viewer) },
  async handle({ caller, query }, { accessLists, profiles }: AllowedViewersDeps) {
    const page = await accessLists.list(caller.sub, query);
    const found = await Promise.all(page.rows.map(async ({ sub, at }) => ({ at, profile: await profiles.bySub(sub) })));
    // Who deleted their account stays on lists, without a name.
    const viewers = found.flatMap(({ at, profile }) =>
      profile ? { name: profile.name, nickname: profile.nickname, since: toIsoTime(at) } : [],
    );
    return answer(200, { viewers, ...nextOf(page) });
  },
});

export const allowViewer = readyRoute({
  id: "allowViewer",
  summary: "Lets somebody watch the caller's private channel, when its audience is listed.",
  params: channelPath,
  answers: { 204: null },
  async handle({ caller, params }, deps: AllowedViewersDeps) {
    const { sub } = await personOf(params.name, deps);
    await deps.accessLists.add(caller.sub, { sub, at: deps.now() });
    return answer(204);
  },
});

export const disallowViewer = readyRoute({
  id: "disallowViewer",
  summary: "Takes somebody off the list of those who may watch, and ends what they watch of a channel for the listed.",
  params: channelPath,
  answers: { 204: null },
  async handle({ caller, params }, deps: AllowedViewersDeps) {
    const { accessLists: lists, profiles, revocation } = deps;
    const [{ sub }, own] = await Promise.all([personOf(params.name, deps), profiles.bySub(caller.sub)]);
    const isForListed = own?.access === "private" && (own.audience?.kind ?? "listed") === "listed";
    const listedChannelArn = isForListed ? caller.account.channelArn : undefined;
    if (!(await unlist({ ...revocation, lists }, { ownerSub: caller.sub, sub, listedChannelArn }))) {
      const detail = `${params.name} is not among those who may watch your channel.`;
      throw new Problem(404, "VIEWER_UNKNOWN", "There is no such viewer.", detail);
    }
    return answer(204);
  },
});
