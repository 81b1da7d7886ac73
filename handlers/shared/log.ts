import { type OwnMetric, ownDimension, ownMetrics, ownNamespace } from "#domain/operations/own-metrics.ts";

type Fields = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** What a line counts, beside what it says. */
export type Metrics = Readonly<Partial<Record<OwnMetric, number>>>;

/**
 * Writes one line of JSON to the function's log. Give it ids and codes, never what a person wrote or where they are.
 * It goes to stdout itself, because the console of Lambda puts a prefix before each line. A logging library takes longer
 * to load (8 ms) than all of a handler that has 200 ms to answer.
 *
 * @param metrics what CloudWatch is to count by this line, which needs no call and no permission (embedded metric format);
 * a line that says error is counted as one besides
 */
export function log(
  level: "info" | "warn" | "error",
  message: string,
  fields: Fields = {},
  metrics: Metrics = {},
): void {
  const now = new Date();
  const counted = level === "error" ? { ...metrics, LoggedErrors: 1 } : metrics;
  const line = { time: now.toISOString(), level, message, ...fields, ...embedded(counted, now) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** The fields by which CloudWatch finds metrics in a line (CloudWatch user guide, embedded metric format). */
function embedded(metrics: Metrics, now: Date): object {
  const names = Object.keys(metrics) as OwnMetric[];
  const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME;
  if (names.length === 0 || functionName === undefined) return {};
  const block = {
    Namespace: ownNamespace,
    Dimensions: [[ownDimension]],
    Metrics: names.map((Name) => ({ Name, Unit: ownMetrics[Name] })),
  };
  return {
    _aws: { Timestamp: now.getTime(), CloudWatchMetrics: [block] },
    [ownDimension]: functionName,
    ...metrics,
  };
}
