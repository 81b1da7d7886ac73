import { refusalOf } from "./probe.ts";

/** What IAM says of a call: whatever else the service answers, it was let through. */
export async function verdictOf(call: Promise<unknown>): Promise<"allowed" | "denied"> {
  const refused = await refusalOf(call);
  return refused?.name === "AccessDeniedException" ? "denied" : "allowed";
}

export interface Allowed {
  readonly actions: readonly string[];
  /** @default any that the role may touch */
  readonly resource?: string;
}

/** A policy for a session, in JSON. */
export const policyOf = (...statements: readonly Allowed[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resource = "*" }) => ({
      ...{ Effect: "Allow", Action: actions, Resource: resource },
    })),
  });
