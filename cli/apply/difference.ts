import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { hashedChanges } from "#domain/plan-review/canonical.ts";
import { isIdle } from "#domain/plan-review/counts.ts";
import { nameOf } from "#domain/plan-review/describe.ts";
import { code } from "#domain/plan-review/markdown.ts";
import type { StackPlan } from "#domain/plan-review/plan.ts";
import { type About, readAbout } from "../plan/about.ts";
import { changesHash, hash } from "../review/hash.ts";
import { readDocument } from "../review/read-files.ts";

/** What was kept of the reviewed plans of a folder: `about.json` of each stack. */
export function readReviewed(folder: string): About[] {
  return readdirSync(folder)
    .map((name) => join(folder, name, "about.json"))
    .filter((file) => existsSync(file))
    .flatMap((file) => readDocument(file, readAbout) ?? []);
}

/** What these plans do and the reviewed ones did not, and the other way about, as Markdown. */
export function differenceOf(plans: readonly StackPlan[], reviewed: readonly About[]): string {
  const stacks = [...new Set([...plans.map(({ stack }) => stack), ...reviewed.map(({ stack }) => stack)])].sort();
  const lines = stacks.flatMap((stack) => {
    const now = plans.find((one) => one.stack === stack);
    const then = reviewed.find((one) => one.stack === stack);
    return stackLines(stack, now, then);
  });
  return ["## Not what was reviewed", "", ...lines].join("\n");
}

function stackLines(stack: string, now: StackPlan | undefined, then: About | undefined): string[] {
  const current = now === undefined ? [] : hashedChanges(now, hash);
  const before = then?.changes ?? [];
  const name = (address: string) => nameOf(now ?? {}, address);
  const lines = [
    ...current.flatMap(({ address, action, hash: own }) => {
      const known = before.find((one) => one.address === address);
      if (known?.hash === own) return [];
      const words = known === undefined ? "was not in it" : `does something else (${code(known.action)} then)`;
      return [`- ${code(stack)}: ${name(address)}, ${code(action)}: ${words}`];
    }),
    ...before
      .filter(({ address }) => !current.some((one) => one.address === address))
      .map(({ address, action }) => `- ${code(stack)}: ${name(address)}, ${code(action)}: no longer in it`),
  ];
  const isSame = lines.length === 0 && (now === undefined ? then?.changes.length === 0 : isReviewed(now, then));
  return lines.length > 0 || isSame ? lines : [`- ${code(stack)}: its outputs`];
}

const isReviewed = (now: StackPlan, then: About | undefined): boolean =>
  then === undefined ? isIdle(now) : changesHash([now]) === then.hash;
