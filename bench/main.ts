import { api } from "./api.ts";
import type { Bench } from "./bench.ts";
import { bundle } from "./bundle.ts";
import { chat } from "./chat.ts";
import { glassToGlass } from "./glass-to-glass.ts";
import { mediaCapacity } from "./media-capacity.ts";
import { mediaCpu } from "./media-cpu.ts";
import { planReview } from "./plan-review.ts";
import { publicLive } from "./public-live.ts";
import { describeGoal, describeMeasurement, isMet } from "./report.ts";
import { review } from "./review.ts";
import { synth } from "./synth.ts";
import { tokens } from "./tokens.ts";

const benches: Readonly<Record<string, Bench>> = {
  api,
  bundle,
  chat,
  "glass-to-glass": glassToGlass,
  "media-capacity": mediaCapacity,
  "media-cpu": mediaCpu,
  "plan-review": planReview,
  "public-live": publicLive,
  review,
  synth,
  tokens,
};

/** Runs one benchmark and prints it; tells whether no goal was missed. */
async function runBench(name: string, bench: Bench): Promise<boolean> {
  console.log(`${name}: ${bench.title}`);
  const outcome = await bench.run();
  if ("skipped" in outcome) {
    console.log(`  skipped: ${outcome.skipped}\n`);
    return true;
  }
  const { measurements, goals } = outcome;
  for (const measurement of measurements) console.log(describeMeasurement(measurement));
  for (const goal of goals) console.log(describeGoal(goal));
  console.log();
  return goals.every(isMet);
}

const names = process.argv.slice(2);
const unknown = names.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) {
  console.error(`"${unknown}" is not a benchmark. There are: ${Object.keys(benches).join(", ")}`);
  process.exit(1);
}
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  if (!(await runBench(name, bench))) process.exitCode = 1;
}
