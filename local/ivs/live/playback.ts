import { failure } from "../../media/origin/answers.ts";
import type { Authorize } from "../../media/origin/authorize.ts";
import {
  checkPlayback,
  checkSession,
  type PlaybackSession,
  type PlaybackVerdict,
} from "../../media/playback/check-playback.ts";
import type { MaximumResolution } from "../../media/playback/claims.ts";
import { createPlaybackMemory } from "../../media/playback/memory.ts";
import { PlaybackError, refusalOf } from "../../media/playback/refusal.ts";
import { createPlaybackStore } from "../../media/playback/store.ts";
import type { State } from "../../service-model/state.ts";
import type { IvsRows } from "../state.ts";

/** The height of the largest picture that each limit allows (user guide, playback tokens). */
const MOST_LINES: Readonly<Record<MaximumResolution, number>> = { SD: 480, HD: 720, FULL_HD: 1080 };

const addressIn = (url: string) => url.split("?", 1)[0] ?? "";

/**
 * Judges fetches of playlists and segments by what the control plane knows now.
 * @param state asked for with each look-up: the control plane is made after the engine that it needs
 */
export const createPlaybackAuthorize = (
  state: () => State<IvsRows>,
  now: () => number = Date.now,
): Authorize<PlaybackSession> => {
  const store = createPlaybackStore(state);
  const memory = createPlaybackMemory(store.revokedUpTo, now);

  /** There is one rendition here, the encoder's: where that is too large, nothing is left to play. */
  const withinResolution = (verdict: PlaybackVerdict, lines: number | undefined, url: string): PlaybackVerdict => {
    const most = verdict.allowed ? verdict.session.maximumResolution : undefined;
    if (most === undefined || lines === undefined || lines <= MOST_LINES[most]) return verdict;
    const message = `aws:maximum-resolution is ${most}, and the only rendition has ${lines} lines`;
    return refusalOf(new PlaybackError("playback_auth_error", message), url);
  };

  return ({ channelArn, stage, url, token, origin, session, format }) => {
    const channel = store.channel(channelArn);
    if (channel === undefined) {
      return { allowed: false, ...failure(404, addressIn(url), "channel_not_found", "There is no such channel") };
    }
    const request = { url, origin, now: now() };
    if (stage !== "multivariant" && session !== undefined) return checkSession(session, channel, request, memory);
    const verdict = checkPlayback(token, channel, store.keys(channelArn), request, memory);
    return withinResolution(verdict, format?.video.height, url);
  };
};
