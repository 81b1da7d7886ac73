import * as v from "valibot";
import { PlanError } from "../plan-error.ts";
import type { Finding } from "./finding.ts";

/** So many figures of a hash are not met by chance. */
const fewestFigures = 12;

const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));

const allowances = v.strictObject({
  allow: v.array(
    v.strictObject({
      rule: text,
      address: text,
      hash: v.pipe(
        v.string(),
        v.regex(/^[0-9a-f]+$/, "must be the finding's hash"),
        v.minLength(fewestFigures, `must be at least ${fewestFigures} figures of the finding's hash`),
      ),
      reason: v.pipe(text, v.maxLength(500, "must be at most 500 characters")),
    }),
  ),
});

/** A word of people that one finding may pass. It holds for that very change: another value is another hash. */
export type Allowance = v.InferOutput<typeof allowances>["allow"][number];

/** @throws PlanError with the place and the rule */
export function readAllowances(document: unknown): readonly Allowance[] {
  const parsed = v.safeParse(allowances, document);
  if (parsed.success) return parsed.output.allow;
  const [issue] = parsed.issues;
  throw new PlanError(`not a list of allowances at ${v.getDotPath(issue) ?? "its top"}: ${issue.message}`);
}

export const allowanceFor = ({ rule, address, hash }: Finding, given: readonly Allowance[]): Allowance | undefined =>
  given.find(
    (allowance) => allowance.rule === rule && allowance.address === address && hash.startsWith(allowance.hash),
  );
