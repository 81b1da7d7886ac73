import { stripVTControlCharacters } from "node:util";

/** One error of Terraform's. */
export interface TerraformError {
  /** The line after `Error:`, with the lines that it was wrapped into. */
  readonly summary: string;
  /** For example `aws_ivschat_room.lobby (lobby/room)`: address and, from cdktf, construct path. */
  readonly resource?: string;
  /** What it says besides, source excerpts left out. */
  readonly detail: readonly string[];
}

/** The holder of a state's lock, as a refused run is told. */
export interface HeldLock {
  readonly id: string;
  /** For example `apply`. */
  readonly operation: string;
  /** `user@machine` */
  readonly who: string;
  readonly created: Date;
}

/** How many resources a plan wants to touch, or an apply has touched. */
export interface ResourceCounts {
  readonly imported: number;
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** Terraform's own line out of what Terraform (in a box) or cdktf (behind the stack's name) printed. */
export function terraformLine(line: string, stack = ""): string {
  const clean = stripVTControlCharacters(line).trimEnd();
  const prefix = `${stack}  `;
  if (stack && clean.startsWith(prefix)) return clean.slice(prefix.length);
  if (stack && clean.startsWith(" ".repeat(prefix.length))) return clean.slice(prefix.length);
  return clean.replace(/^[│╷╵] ?/, "");
}

/** Every error in a Terraform output, each once. */
export function parseErrors(lines: readonly string[]): TerraformError[] {
  const errors: TerraformError[] = [];
  for (const [start, line] of lines.entries()) {
    const first = /^Error: (.+)$/.exec(line)?.[1];
    if (first === undefined) continue;
    const rest = lines.slice(start + 1);
    const end = rest.findIndex((later) => /^(Error|Warning): /.test(later) || /Stacks? (deploying|done)/.test(later));
    const error = parseError(first, end < 0 ? rest : rest.slice(0, end));
    if (!errors.some((known) => known.summary === error.summary && known.resource === error.resource))
      errors.push(error);
  }
  return errors;
}

function parseError(first: string, body: readonly string[]): TerraformError {
  const blank = body.findIndex((line) => line.trim() === "");
  const wrapped = body.slice(0, Math.max(blank, 0));
  const texts = body.slice(wrapped.length).map((line) => line.trim());
  const resource = texts.map((line) => /^with (.+),$/.exec(line)?.[1]).find((found) => found !== undefined);
  const detail = texts.filter((line) => line !== "" && !/^(with .+,$|on \S+ line \d+|\d+:)/.test(line));
  const summary = [first, ...wrapped.map((line) => line.trim())].join(" ");
  return resource === undefined ? { summary, detail } : { summary, resource, detail };
}

/**
 * The lock that refused a run; undefined when the run failed for another reason. The text carries a `RequestID:` of the
 * refused call first: only the block under `Lock Info:` speaks of the lock.
 */
export function parseHeldLock(lines: readonly string[]): HeldLock | undefined {
  const start = lines.findIndex((line) => line.trim() === "Lock Info:");
  if (start < 0) return undefined;
  const field = (name: string) =>
    lines
      .slice(start)
      .map((line) => new RegExp(`^\\s+${name}:\\s+(.+)$`).exec(line)?.[1])
      .find((value) => value !== undefined);
  const id = field("ID");
  if (id === undefined) return undefined;
  const operation = (field("Operation") ?? "unknown").replace(/^OperationType/, "").toLowerCase();
  return { id, operation, who: field("Who") ?? "somebody", created: parseTime(field("Created") ?? "") };
}

/** Go's way of printing a time, `2026-01-31 10:11:25.837800262 +0000 UTC`, as Terraform shows it. */
function parseTime(text: string): Date {
  return new Date(text.replace(/^(\S+) ([\d:]+).*$/, "$1T$2Z"));
}

/** `Plan: 2 to import, 3 to add, 1 to change, 0 to destroy.` */
export function parsePlanned(line: string): ResourceCounts | undefined {
  return counts(/^Plan: (?:(\d+) to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy\.$/.exec(line));
}

/** `Apply complete! Resources: 2 imported, 3 added, 1 changed, 0 destroyed.` */
export function parseApplied(line: string): ResourceCounts | undefined {
  const found = /^Apply complete! Resources: (?:(\d+) imported, )?(\d+) added, (\d+) changed, (\d+) destroyed\.$/;
  return counts(found.exec(line));
}

function counts(found: RegExpExecArray | null): ResourceCounts | undefined {
  if (!found) return undefined;
  const [imported, added, changed, destroyed] = found.slice(1).map((text) => Number(text ?? 0));
  return { imported: imported ?? 0, added: added ?? 0, changed: changed ?? 0, destroyed: destroyed ?? 0 };
}

export function sum({ imported, added, changed, destroyed }: ResourceCounts): number {
  return imported + added + changed + destroyed;
}

/** `60 made`, `2 adopted, 1 changed`, `nothing to change`. */
export function countsText(counts: ResourceCounts): string {
  const parts = [
    [counts.imported, "adopted"],
    [counts.added, "made"],
    [counts.changed, "changed"],
    [counts.destroyed, "removed"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, verb]) => `${count} ${verb}`);
  return said.join(", ") || "nothing to change";
}
