import { table } from "../terminal/table.ts";
import type { Finding } from "./finding.ts";

/** Findings as lines for people: all of them, then what to do about those that are not ok. */
export function shownFindings(findings: readonly Finding[]): string[] {
  const rows = findings.map(({ name, state, seen }) => [state, name, seen]);
  const cures = findings.flatMap(({ name, cure }) => (cure === undefined ? [] : [`${name}: ${cure}`]));
  return [...table(["", "CHECK", "SEEN"], rows), ...(cures.length > 0 ? ["", ...cures] : [])];
}
