import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { makeStateHome } from "#__tests__/support/state-home.ts";
import { run } from "#__tests__/support/terraform.ts";
import { changesHash, hash } from "#cli/review/hash.ts";
import { routes } from "#domain/api/routes.ts";
import { guard } from "#domain/plan-review/guard/guard.ts";
import { readPlan } from "#domain/plan-review/read-plan.ts";
import { reviewOf } from "#domain/plan-review/review.ts";
import { type Bench, median } from "./bench.ts";

const root = join(import.meta.dirname, "..");
const region = "us-west-2";
const stacks = ["platform", "state"] as const;
const pathRounds = 3;
const reviewRounds = 10;
/** What GitHub takes as a comment. */
const commentCharacters = 65_536;

/** From the text of plans to the text of a comment. */
function comment(texts: readonly string[]): string {
  const plans = texts.map((text, index) => ({ stack: `stack-${index}`, plan: readPlan(JSON.parse(text)) }));
  const guarded = guard({ plans, hash, facts: { routes: Object.values(routes) } });
  return reviewOf({ plans, guarded, hash: changesHash(plans) });
}

/** A plan of so many bytes: updates of long names. */
function longPlan(bytes: number): string {
  const change = { actions: ["update"], before: { name: "a".repeat(500) }, after: { name: "b".repeat(500) } };
  const count = Math.ceil(bytes / 1180);
  const changes = Array.from({ length: count }, (_, index) => ({
    ...{ address: `aws_sqs_queue.queue_${index}`, mode: "managed", type: "aws_sqs_queue" },
    change,
  }));
  return JSON.stringify({ format_version: "1.2", planned_values: {}, resource_changes: changes });
}

function timed<Value>(work: () => Value): { readonly milliseconds: number; readonly value: Value } {
  const start = performance.now();
  const value = work();
  return { milliseconds: performance.now() - start, value };
}

/** Runs a program in the checkout and answers with its milliseconds. Throws what it said where it fails. */
async function must(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  const { status, stdout, stderr } = await run(command, args, root, environment);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${status}\n${stdout}\n${stderr}`);
  return performance.now() - start;
}

/** The whole way of a pull request: every stack synthesized, planned, and reviewed with what is live. */
async function ourPath(scratch: string, environment: NodeJS.ProcessEnv): Promise<{ plan: number; review: number }> {
  const plans = join(scratch, "plans");
  const own = { ...environment, CDKTF_OUTDIR: join(scratch, "ours") };
  const plan = await must("cli/onair.mjs", ["plan", ...stacks, "--aws", "--out", plans], own);
  const files = stacks.map((stack) => join(plans, stack, "plan.json"));
  const words = ["review", ...files, "--live-from-target", "--aws", "--markdown", join(scratch, "review.md")];
  return { plan, review: await must("cli/onair.mjs", words, own) };
}

/** `cdktf diff` of one stack after the other: it takes no two, and makes no comment. */
async function peerPath(scratch: string, environment: NodeJS.ProcessEnv): Promise<number> {
  const output = join(scratch, "peer");
  const own = { ...environment, CDKTF_OUTDIR: output, CI: "1", FORCE_COLOR: "0" };
  let milliseconds = 0;
  for (const stack of stacks) {
    const words = ["diff", stack, "--skip-provider-lock", "--output", output];
    milliseconds += await must("node_modules/.bin/cdktf", words, own);
  }
  return milliseconds;
}

export const planReview: Bench = {
  title: "from a checkout to a comment on its plans; peer: cdktf diff of each stack, which makes no comment",
  async run() {
    const scratch = mkdtempSync(join(tmpdir(), "onair-plan-review-"));
    await using own = await startOwnCloud({ region, terraform: "required" });
    try {
      await makeStateHome(own.cloud);
      const environment = { ...process.env, ...own.cloud.environment };
      const ours: { plan: number; review: number }[] = [];
      const peer: number[] = [];
      for (let round = 0; round < pathRounds; round++) {
        peer.push(await peerPath(scratch, environment));
        ours.push(await ourPath(scratch, environment));
      }
      const real = stacks.map((stack) => readFileSync(join(scratch, "plans", stack, "plan.json"), "utf8"));
      const long = longPlan(5_000_000);
      writeFileSync(join(scratch, "long.json"), long);
      const reviews = (texts: readonly string[]) =>
        Array.from({ length: reviewRounds }, () => timed(() => comment(texts)));
      const [ofReal, ofLong] = [reviews(real), reviews([long])];
      const path = ours.map(({ plan, review }) => plan + review);
      const times = (timings: readonly { readonly milliseconds: number }[]) => timings.map((one) => one.milliseconds);
      const kilobytes = (texts: readonly string[]) =>
        Math.round(texts.reduce((sum, { length }) => sum + length, 0) / 1000);
      return {
        measurements: [
          { what: `plan JSON of all stacks to comment, ${kilobytes(real)} KB`, unit: "ms", samples: times(ofReal) },
          { what: `plan JSON of ${kilobytes([long])} KB to comment`, unit: "ms", samples: times(ofLong) },
          { what: "ours: onair plan, both stacks", unit: "ms", samples: ours.map(({ plan }) => plan) },
          { what: "ours: onair review", unit: "ms", samples: ours.map(({ review }) => review) },
          { what: "peer: cdktf diff, one stack after the other", unit: "ms", samples: peer },
        ],
        goals: [
          {
            what: "peer's time / ours, from checkout to comment",
            value: median(peer) / median(path),
            bound: { atLeast: 1 },
          },
          {
            what: "longest comment, as a share of what GitHub takes",
            value: Math.max(...[...ofReal, ...ofLong].map(({ value }) => value.length)) / commentCharacters,
            bound: { atMost: 1 },
          },
        ],
      };
    } finally {
      rmSync(scratch, { recursive: true });
    }
  },
};
