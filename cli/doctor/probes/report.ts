import type { Cost } from "./cost.ts";
import type { Probe, Seen } from "./probe.ts";

/** What one probe found. */
export interface Result extends Seen, Pick<Probe, "place" | "fact"> {}

/** A run of the probes, as it is kept. */
export interface ProbeReport {
  /** The run's name. */
  readonly run: string;
  /** ISO 8601. */
  readonly date: string;
  readonly region: string;
  /** What AWS_ENDPOINT_URL named; null for AWS itself. Only that one is a real run. */
  readonly endpoint: string | null;
  readonly cost: Cost;
  /** Null where something could not be removed. */
  readonly removed: number | null;
  readonly results: readonly Result[];
  /** What Terraform and its provider made of the stack and of changes to it. */
  readonly provider: readonly Result[];
  /** By the file that a fact stands in: why nobody asked. */
  readonly notProbed: Readonly<Record<string, string>>;
}

const word = (agrees: boolean | undefined): string =>
  agrees === undefined ? "not told" : agrees ? "as written" : "OTHERWISE";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

const resultTable = (results: readonly Result[]): string =>
  table(
    ["fact", "stands in", "is", "seen"],
    results.map(({ fact, place, agrees, seen }) => [fact, place, word(agrees), seen]),
  );

/** A report as a page. */
export function reportPage(report: ProbeReport): string {
  const { run, date, region, endpoint, cost, removed } = report;
  const where = endpoint === null ? `AWS, ${region}` : `${endpoint} (${region}), which is not AWS`;
  const end =
    removed === null ? `Not all of it was removed: look for ${run}.` : `${removed} things were made and removed.`;
  const costs = cost.lines.map(({ what, quantity, usd }) => [
    what,
    `${Number(quantity.toPrecision(3))}`,
    usd?.toFixed(6) ?? "no price known",
  ]);
  return `# Facts that nobody had checked, asked of an account
${date}, ${where}, as ${run}. It cost ${cost.usd.toFixed(4)} USD, without what has no price below. ${end}

${resultTable(report.results)}

## What Terraform and its provider did
${resultTable(report.provider)}

## What it cost
By domain/operations/prices.ts. Calls of IVS, IVS Chat, IAM and STS that send no stream and no message are taken to be free.

${table(["what", "quantity", "USD"], costs)}

## Not asked
${table(["stands in", "why"], Object.entries(report.notProbed))}
`;
}
