import { type BeforeRoute, createApi } from "../shared/api/api.ts";
import type { log } from "../shared/log.ts";
import { type StreamDeps, streamRoutes } from "./routes.ts";

/** Answers signed-in users. */
export const makeHandler = (deps: StreamDeps, write: typeof log, before?: BeforeRoute) =>
  createApi({ routes: streamRoutes, deps, log: write, ...(before && { before }) });
