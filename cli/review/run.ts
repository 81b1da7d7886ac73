import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { canonicalChanges } from "#domain/plan-review/canonical.ts";
import { readAllowances } from "#domain/plan-review/guard/allowance.ts";
import type { Finding } from "#domain/plan-review/guard/finding.ts";
import { guard, refuses } from "#domain/plan-review/guard/guard.ts";
import { reviewOf } from "#domain/plan-review/review.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readFacts } from "./facts.ts";
import { readDocument, readPlans } from "./read-files.ts";
import type { ReviewOptions } from "./verb.ts";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** `onair review`; returns the exit code. */
export async function runReview(terminal: Terminal, files: readonly string[], options: ReviewOptions): Promise<number> {
  const { markdown, allow } = options;
  const plans = readPlans(files);
  const allowances = allow === undefined ? [] : readDocument(allow, readAllowances);
  const guarded = guard({ plans, hash, facts: await readFacts(terminal, options) }, allowances);
  const changes = hash(canonicalChanges(plans, hash));
  const review = reviewOf({ plans, guarded, hash: changes });
  if (markdown === undefined) terminal.answer(review.trimEnd());
  else {
    write(markdown, review);
    terminal.answer(`Hash of the changes: ${changes}`);
  }
  if (!options.liveFromTarget) terminal.note("Nobody asked which channels are live now: --live-from-target does.");
  return refuses(guarded) ? terminal.fail(refusal(guarded.findings)) : 0;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CliError("USAGE", `${file} cannot be written.`, why, "Name another file: onair review --help");
  }
}

/** Rules by their count; what each is about stands in the summary. */
function refusal(findings: readonly Finding[]): CliError {
  const refused = findings.filter(({ allowed }) => allowed === undefined);
  const rules = [...new Set(refused.map(({ rule }) => rule))];
  const lines = rules.map((rule) => `${refused.filter((finding) => finding.rule === rule).length} × ${rule}`);
  const found = refused.length === 1 ? "1 finding" : `${refused.length} findings`;
  const cure = "Follow the summary, or have a finding allowed: docs/guide/plan-review.md";
  return new CliError("PLAN_REFUSED", `The guard refuses these plans: ${found}.`, lines.join(", "), cure);
}
