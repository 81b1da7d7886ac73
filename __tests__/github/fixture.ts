import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "#cli/project.ts";

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly shell?: string;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>> | string;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(projectRoot, ".github/workflows");

export const workflowFiles = readdirSync(folder).sort();
export const workflowText = (file: string): string => readFileSync(join(folder, file), "utf8");
export const workflow = (file: string): Workflow => parse(workflowText(file));
export const github = (path: string): string => readFileSync(join(projectRoot, ".github", path), "utf8");

/** Every step of a workflow, with its job. */
export const steps = (file: string) =>
  Object.entries(workflow(file).jobs).flatMap(([job, { steps }]) => steps.map((step) => ({ job, step })));

/** All that a step runs or passes on, as it is written. */
export const commandsOf = (file: string): string[] => steps(file).flatMap(({ step }) => (step.run ? [step.run] : []));
