import type { DepsOf, Route } from "../shared/api/route.ts";

/** Every route for everyone. */
export const publicRoutes = [] as const satisfies readonly Route<never>[];

/** What the routes need, all of it. */
export type PublicDeps = DepsOf<typeof publicRoutes>;
