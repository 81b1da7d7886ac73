/** A metric of CloudWatch, told apart by its dimensions; none of them means the one of the whole account and region. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** How the values of a period become one: by the words of CloudWatch, `p99` for example. */
export type Statistic = "Average" | "Maximum" | "Minimum" | "Sum" | "p50" | "p90" | "p99";
