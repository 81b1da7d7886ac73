import type { Construct, IConstruct } from "constructs";
import { checkRange } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";
import type { IInvocable } from "../lambda/invocable.ts";

/** How much is let through; more is answered 429. */
export interface Throttle {
  /** 1 to 10000, in the long run. */
  readonly requestsPerSecond: number;
  /** 1 to 5000, at once. */
  readonly burst: number;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** For example `/public/channels/{name}`; `{rest+}` at its end takes all that follows. */
  readonly path: string;
  /** The function that answers. */
  readonly handler: IInvocable & IConstruct;
  /** Whether the caller must bring a token of the user pool. There is no default: each route says it. */
  readonly access: "signed-in" | "open";
  /** @default the API's */
  readonly throttle?: Throttle;
}

/** A route as API Gateway names it. */
export const routeKey = ({ method, path }: Route): string => `${method} ${path}`;

/** Segments of letters, digits and `.~_-`, or a variable; the last variable may take the rest. */
const PATH = /^(\/([\w.~-]+|\{\w+\}))*\/([\w.~-]+|\{\w+\+?\})?$/;

/** Refuses a path that API Gateway would refuse, the same route twice, and a route that does not say who may call it. */
export function checkRoutes(scope: Construct, routes: readonly Route[], { canSignIn }: { canSignIn: boolean }): void {
  const keys = new Set<string>();
  for (const route of routes) {
    const { path, access, throttle } = route;
    const key = routeKey(route);
    const property = `routes.${key}`;
    if (!PATH.test(path)) {
      throw new ConfigError("ERR_ROUTE_PATH", scope, property, "must be a path such as /public/channels/{name}", path);
    }
    if (keys.has(key)) throw new ConfigError("ERR_ROUTE_TWICE", scope, property, "must stand once", key);
    keys.add(key);
    if (access !== "open" && access !== "signed-in") {
      throw new ConfigError("ERR_ROUTE_ACCESS", scope, property, 'must say access: "signed-in" or "open"', access);
    }
    if (access === "signed-in" && !canSignIn) {
      const rule = "needs the API's signIn, to know who is signed in";
      throw new ConfigError("ERR_ROUTE_ACCESS", scope, property, rule, access);
    }
    if (throttle) checkThrottle(scope, `${property}.throttle`, throttle);
  }
}

/** Refuses what is above the account's own quota. */
export function checkThrottle(scope: Construct, property: string, { requestsPerSecond, burst }: Throttle): void {
  const unit = "requests";
  checkRange(scope, `${property}.requestsPerSecond`, requestsPerSecond, { minimum: 1, maximum: 10_000, unit });
  checkRange(scope, `${property}.burst`, burst, { minimum: 1, maximum: 5000, unit });
}

/** A throttle as the provider names it. */
export const providerThrottle = ({ requestsPerSecond, burst }: Throttle) => ({
  throttlingRateLimit: requestsPerSecond,
  throttlingBurstLimit: burst,
});
