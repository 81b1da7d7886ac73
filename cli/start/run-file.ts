import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { Project } from "../project.ts";
import { readIfThere } from "./ready-file.ts";

const text = v.pipe(v.string(), v.nonEmpty());

const channel = v.object({ name: text, arn: text, playbackUrl: text, roomArn: text });

const runFile = v.looseObject({
  /** Of `npm start`; a signal to it stops everything. */
  pid: v.pipe(v.number(), v.integer()),
  /** Speaks for every AWS service. */
  endpoint: text,
  rtmpUrl: v.optional(text),
  rtmpsUrl: v.optional(text),
  chatUrl: v.optional(text),
  region: text,
  accountId: text,
  apiUrl: v.optional(text),
  webUrl: v.optional(text),
  userPoolId: v.optional(text),
  userPoolClientId: v.optional(text),
  channels: v.array(channel),
});

/** What scripts need to know of a running `npm start`. Nothing in it is secret. */
export type RunFile = Readonly<v.InferOutput<typeof runFile>>;
export type RunChannel = Readonly<v.InferOutput<typeof channel>>;

const runFilePath = (project: Project) => join(project.folder, "run.json");

/** Written whole or not at all, once everything answers. */
export function writeRunFile(project: Project, run: RunFile): void {
  const beside = `${runFilePath(project)}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(run, undefined, 2)}\n`);
  renameSync(beside, runFilePath(project));
}

export function readRunFile(project: Project): RunFile | undefined {
  const written = readIfThere(runFilePath(project));
  if (written === undefined) return undefined;
  const parsed = v.safeParse(runFile, JSON.parse(written));
  return parsed.success ? parsed.output : undefined;
}

export function removeRunFile(project: Project): void {
  rmSync(runFilePath(project), { force: true });
}
