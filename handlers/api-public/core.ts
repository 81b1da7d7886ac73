import { createApi } from "../shared/api/api.ts";
import type { log } from "../shared/log.ts";
import { type PublicDeps, publicRoutes } from "./routes.ts";

/** Answers everyone. Nothing that it is given can read a stream key. */
export const makeHandler = (deps: PublicDeps, write: typeof log) =>
  createApi({ routes: publicRoutes, deps, log: write });
