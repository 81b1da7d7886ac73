import { Problem } from "./problem.ts";

/** Who calls, as their access token says. */
export interface Caller {
  /** The user, as Cognito names them. */
  readonly sub: string;
  /** The groups of the user pool that they are in. */
  readonly groups: readonly string[];
}

/** Groups as API Gateway delivers them: a list, or the text `[admins moderators]`. */
function readGroups(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.filter((group) => typeof group === "string");
  if (typeof claim !== "string") return [];
  return claim
    .replace(/^\[|\]$/g, "")
    .split(/[\s,]+/)
    .filter((group) => group !== "");
}

/**
 * Reads the claims of the token that API Gateway has checked. An id token passes there too, and is refused here: it
 * says who somebody is, not what a page may do for them.
 *
 * @throws Problem UNAUTHORIZED
 */
export function readCaller(claims: Readonly<Record<string, unknown>> | undefined): Caller {
  const sub = claims?.sub;
  if (typeof sub !== "string" || sub === "" || claims?.token_use !== "access") {
    const detail = "The authorization header must bring an access token of the user pool.";
    throw new Problem(401, "UNAUTHORIZED", "You are not signed in.", detail);
  }
  return { sub, groups: readGroups(claims["cognito:groups"]) };
}
