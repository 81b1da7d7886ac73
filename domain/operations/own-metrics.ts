/** Where CloudWatch keeps what our functions count. */
export const ownNamespace = "Onair";

/** What tells functions apart, also those of two environments; Lambda's own metrics are told apart by the same. */
export const ownDimension = "FunctionName";

/** What our functions count, with CloudWatch's word for the unit. They write it into their logs (handlers/shared/log.ts). */
export const ownMetrics = {
  /** One for each complete walk over what is on air. */
  ObservePasses: "Count",
  /** What is on air in the account and region, as the last walk found it. */
  ConcurrentStreams: "Count",
  /** How many of a hundred of them get too little from their encoders. */
  StarvingStreams: "Percent",
  /** Live states that events had left wrong. */
  CorrectedStates: "Count",
  /** Calls that IVS or IVS Chat put off because there were too many. */
  ServiceThrottles: "Count",
  /** Lines of the log that say error. */
  LoggedErrors: "Count",
} as const;

export type OwnMetric = keyof typeof ownMetrics;
