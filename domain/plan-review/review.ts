import { type Counts, countsOf, isIdle } from "./counts.ts";
import { nameOf } from "./describe.ts";
import { type Block, withinBytes } from "./document.ts";
import type { Finding } from "./guard/finding.ts";
import type { GuardResult } from "./guard/guard.ts";
import { cell, code, codeInFull } from "./markdown.ts";
import type { StackPlan } from "./plan.ts";
import { sectionBlocks } from "./sections.ts";

/** A comment on GitHub takes 65,536 characters; this leaves room for what a workflow writes around it. */
const mostBytes = 60_000;

export interface ReviewInput {
  readonly plans: readonly StackPlan[];
  readonly guarded: GuardResult;
  /** Of all changes: what an apply is held to. */
  readonly hash: string;
}

/**
 * One summary in Markdown of what the plans do: the guard's word first, then each stack, what is destroyed and replaced
 * before all else. Sensitive values and what has the form of a secret are not shown; names and values cannot be read as
 * Markdown. At most 60,000 bytes: what does not fit is counted.
 */
export function reviewOf({ plans, guarded, hash }: ReviewInput): string {
  const sorted = plans.toSorted((one, other) => (one.stack < other.stack ? -1 : 1));
  const blocks = [overview(sorted, hash), ...guardBlocks(sorted, guarded), ...sorted.flatMap(stackBlocks)];
  return withinBytes(blocks, mostBytes);
}

const columns: readonly (readonly [keyof Counts, string])[] = [
  ["destroy", "destroy"],
  ["replace", "replace"],
  ["update", "update"],
  ["create", "create"],
  ["forget", "forget"],
  ["import", "import"],
  ["move", "move"],
  ["drift", "drift"],
];

function overview(plans: readonly StackPlan[], hash: string): Block {
  return {
    priority: 0,
    head: [
      "## Plan",
      "",
      ...(plans.every(isIdle) ? ["Nothing to do.", ""] : []),
      `Hash of the changes: ${code(hash)}`,
      "",
      `| stack | ${columns.map(([, title]) => title).join(" | ")} |`,
      `|---|${columns.map(() => "---:").join("|")}|`,
    ],
    entries: plans.map((one) => {
      const counts = countsOf(one.plan);
      return [`| ${cell(one.stack)} | ${columns.map(([key]) => counts[key]).join(" | ")} |`];
    }),
    tail: [],
  };
}

function guardBlocks(plans: readonly StackPlan[], { findings, unused, unjudged }: GuardResult): Block[] {
  const refused = findings.filter(({ allowed }) => allowed === undefined);
  const allowed = findings.filter((finding) => finding.allowed !== undefined);
  const pathsOf = (stack: string) => plans.find((one) => one.stack === stack) ?? {};
  const unread = unjudged.map(({ stack, address, attribute }) => [
    `- ${code(stack)}: ${nameOf(pathsOf(stack), address)}, ${code(attribute)}`,
  ]);
  const told = (finding: Finding) => findingLines(finding, nameOf(pathsOf(finding.stack), finding.address));
  return [
    block(1, `Refused by the guard (${refused.length})`, refused.map(told)),
    block(3, `Allowed once (${allowed.length})`, allowed.map(told)),
    block(
      7,
      `Allowances that speak of nothing here (${unused.length})`,
      unused.map(({ rule, address }) => [`- ${code(rule)} at ${code(address)}: remove it`]),
    ),
    folded(7, `Not judged: policies that are known only after the apply (${unread.length})`, unread),
  ].filter(({ entries }) => entries.length > 0);
}

const block = (priority: number, title: string, entries: Block["entries"]): Block => ({
  ...{ priority, entries },
  head: ["", `### ${title}`, ""],
  tail: [],
});

const folded = (priority: number, title: string, entries: Block["entries"]): Block => ({
  ...{ priority, entries },
  head: ["", `<details><summary>${title}</summary>`, ""],
  tail: ["", "</details>", ""],
});

/** Service errors and statements may be many; the first ones say what it is about. */
const mostDetails = 10;

function findingLines(finding: Finding, name: string): string[] {
  const { rule, stack, reason, remedy, details, command, hash, allowed } = finding;
  const more = details.length - mostDetails;
  return [
    `- **${rule}** in ${code(stack)}: ${name}`,
    `  - ${reason}`,
    ...details.slice(0, mostDetails).map((detail) => `  - ${codeInFull(detail)}`),
    ...(more > 0 ? [`  - ${more} more`] : []),
    ...(allowed === undefined
      ? [
          `  - ${remedy}${command === undefined ? "" : ` ${codeInFull(command)}`}`,
          `  - Hash of this finding: ${code(hash)}`,
        ]
      : [`  - Allowed: ${code(allowed)}`]),
  ];
}

function stackBlocks(stackPlan: StackPlan): Block[] {
  const { stack, plan } = stackPlan;
  const sections = sectionBlocks(stackPlan);
  const notes = [
    ...(plan.errored
      ? ["**Planning broke off by an error: changes may be missing, and this plan cannot be applied.**", ""]
      : []),
    ...(plan.complete ? [] : ["**This plan is not complete: another one must follow it.**", ""]),
  ];
  if (sections.length === 0 && notes.length === 0) return [];
  const head = ["", `### Stack ${code(stack)}`, "", ...notes];
  return [{ priority: 1, head, entries: [], tail: [] }, ...sections];
}
