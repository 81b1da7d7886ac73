import type { DepsOf, Route } from "../shared/api/route.ts";
import type { ReadyDeps } from "./ready-route.ts";

/** Every route for signed-in users. */
export const streamRoutes = [] as const satisfies readonly Route<never>[];

/** What the routes need, all of it. */
export type StreamDeps = ReadyDeps & DepsOf<typeof streamRoutes>;
