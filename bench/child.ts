import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface NodeRun {
  /** From start to exit, as who types the command waits. */
  readonly milliseconds: number;
  /** The most memory that the process held; processes that it starts itself are not in it. */
  readonly peakMegabytes: number;
  readonly output: string;
}

/** CommonJS, because `--import` would change how Node loads a CommonJS program. */
const reportAtExit = `
  const { writeFileSync } = require("node:fs");
  process.on("exit", () => writeFileSync(process.env.BENCH_REPORT, String(process.resourceUsage().maxRSS)));
`;

/** Runs Node once and measures it from outside and, at its exit, from inside. Throws what it printed where it fails. */
export function runNode(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): NodeRun {
  const folder = mkdtempSync(join(tmpdir(), "onair-bench-"));
  const report = join(folder, "peak");
  const hook = join(folder, "report.cjs");
  writeFileSync(hook, reportAtExit);
  try {
    const start = performance.now();
    const run = spawnSync(process.execPath, ["--require", hook, ...args], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env, BENCH_REPORT: report },
      encoding: "utf8",
    });
    const milliseconds = performance.now() - start;
    if (run.status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${run.stdout}${run.stderr}`);
    return { milliseconds, peakMegabytes: Number(readFileSync(report, "utf8")) / 1024, output: run.stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
