import type { Probe, Seen } from "./probe.ts";

/** What one probe found. */
export interface Result extends Seen, Pick<Probe, "place" | "fact"> {}

/** A run of the probes, as it is kept. */
export interface ProbeReport {
  /** ISO 8601. */
  readonly date: string;
  readonly region: string;
  /** What AWS_ENDPOINT_URL named; null for AWS itself. Only that one is a real run. */
  readonly endpoint: string | null;
  /** Of what was made, while it stood. */
  readonly usd: number;
  readonly removed: number;
  readonly results: readonly Result[];
  /** By the file that a fact stands in: why nobody asked. */
  readonly notProbed: Readonly<Record<string, string>>;
}

const word = (agrees: boolean | undefined): string =>
  agrees === undefined ? "not told" : agrees ? "as written" : "OTHERWISE";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** A report as a page. */
export function reportPage({ date, region, endpoint, usd, removed, results, notProbed }: ProbeReport): string {
  const where = endpoint === null ? `AWS, ${region}` : `${endpoint} (${region}), which is not AWS`;
  return `# Facts that nobody had checked, asked of an account
${date}, ${where}. It cost ${usd.toFixed(2)} USD; ${removed} things were made and removed.

| fact | stands in | is | seen |
|---|---|---|---|
${results.map((one) => `| ${cell(one.fact)} | ${one.place} | ${word(one.agrees)} | ${cell(one.seen)} |`).join("\n")}

## Not asked
| stands in | why |
|---|---|
${Object.entries(notProbed)
  .map(([place, why]) => `| ${place} | ${cell(why)} |`)
  .join("\n")}
`;
}
