import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Plan, StackPlan } from "#domain/plan-review/plan.ts";
import { PlanError } from "#domain/plan-review/plan-error.ts";
import { readPlan } from "#domain/plan-review/read-plan.ts";
import { projectRoot } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import { synthesizedOf } from "../terraform/construct-paths.ts";

const again = "onair review";

/**
 * What a file of JSON says.
 *
 * @param read throws PlanError
 * @throws CliError PLAN_UNUSABLE
 */
export function readDocument<Value>(file: string, read: (document: unknown) => Value): Value {
  const unusable = (why: string) =>
    new CliError("PLAN_UNUSABLE", `${file} cannot be reviewed.`, why, `Once it is right, again: ${again} --help`);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (thrown) {
    throw unusable(thrown instanceof Error ? thrown.message : String(thrown));
  }
  try {
    return read(JSON.parse(text));
  } catch (thrown) {
    if (thrown instanceof PlanError) throw unusable(thrown.message);
    // The parser's own words repeat what stands there, which may be a secret.
    if (thrown instanceof SyntaxError) throw unusable("not JSON; a saved plan is read by: terraform show -json <file>");
    throw thrown;
  }
}

/**
 * The plans with their stacks: a file is called as its stack, or lies in its stack's folder as `plan.json`.
 *
 * @throws CliError PLAN_UNUSABLE, USAGE where two are of one stack
 */
export function readPlans(files: readonly string[]): StackPlan[] {
  const plans = files.map((file) => stackPlan(file, readDocument(file, readPlan)));
  const twice = plans.find(({ stack }, index) => plans.findIndex((other) => other.stack === stack) !== index);
  if (twice === undefined) return plans;
  const what = `Two plans are of a stack ${twice.stack}.`;
  throw new CliError("USAGE", what, "A plan's file is called as its stack.", `See: ${again} --help`);
}

function stackPlan(file: string, plan: Plan): StackPlan {
  const folder = dirname(resolve(file));
  const name = basename(file).replace(/\.json$/, "");
  const stack = name === "plan" ? basename(folder) : name;
  const places = [folder, join(projectRoot, "cdktf.out/stacks", stack)];
  const place = places.find((one) => existsSync(join(one, "cdk.tf.json")));
  return { stack, plan, ...(place !== undefined && synthesizedOf(place)) };
}
