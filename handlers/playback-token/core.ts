import { type BeforeRoute, createApi } from "../shared/api/api.ts";
import type { log } from "../shared/log.ts";
import { createPlaybackToken, type PlaybackDeps } from "./route.ts";

/** Answers signed-in users who want to watch. Nothing that it is given can read a stream key. */
export const makeHandler = (deps: PlaybackDeps, write: typeof log, before?: BeforeRoute) =>
  createApi({ routes: [createPlaybackToken], deps, log: write, ...(before && { before }) });
