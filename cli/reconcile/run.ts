import { LambdaClient } from "@aws-sdk/client-lambda";
import { FunctionFailedError, invoke } from "#aws/operator/invoke.ts";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import { jsonAnswer } from "../onair/json-result.ts";
import { functionOf, readPlatform } from "../onair/platform.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { ReconcileOptions, Subject } from "./verb.ts";

/** The functions that run by a schedule, and what each is said to do. */
const passes: Readonly<Record<Subject, { readonly handler: string; readonly title: string }>> = {
  streams: { handler: "observe-streams", title: "Compare who is live with what is on air" },
  accounts: { handler: "sweep-accounts", title: "Put accounts with work left before the workers" },
};

/** `onair reconcile`: runs now what else runs by the clock; returns the exit code. */
export async function runReconcile(
  terminal: Terminal,
  wanted: readonly Subject[],
  options: ReconcileOptions,
): Promise<number> {
  const again = `onair reconcile${wanted.length === 1 ? ` ${wanted[0]}` : ""}`;
  const platform = await readPlatform(terminal, options, again);
  const lambda = new LambdaClient({ region: platform.target.region });
  const done: Partial<Record<Subject, unknown>> = {};
  try {
    for (const subject of wanted) {
      const { handler, title } = passes[subject];
      const name = functionOf(platform, handler, again);
      done[subject] = await terminal.step(title, async () => ({ value: await invoke(lambda, name, {}) }));
    }
  } catch (thrown) {
    throw reconcileFailure(thrown, again);
  } finally {
    lambda.destroy();
  }
  if (options.json) terminal.answer(jsonAnswer("reconcile", done));
  else for (const [subject, found] of Object.entries(done)) terminal.answer(`${subject}: ${inWords(found)}`);
  return 0;
}

/** What a pass found, on one line: `listed 3, corrected 1`. */
export function inWords(found: unknown): string {
  if (found === null || typeof found !== "object") return "done";
  return Object.entries(found)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
}

function reconcileFailure(thrown: unknown, again: string): unknown {
  if (!(thrown instanceof FunctionFailedError)) return awsFailure(thrown, again);
  const { functionName, message } = thrown;
  const cure = `Look at its log, /aws/lambda/${functionName}, then: ${again}`;
  return new CliError("FUNCTION_FAILED", `Function ${functionName} failed.`, message, cure);
}
