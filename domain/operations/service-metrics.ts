/** A namespace of CloudWatch as a service fills it: the names that we look at, how they are told apart, and who says so. */
export interface ServiceMetrics {
  readonly namespace: string;
  /** The sets of dimensions under which a metric is found; an empty one is of the whole account and region. */
  readonly dimensions: readonly (readonly string[])[];
  readonly names: readonly string[];
  /** The page that has them. */
  readonly source: string;
}

/**
 * Every metric of AWS that a dashboard or an alarm may name; a test holds the stacks to it. Those of IVS and IVS Chat are
 * unverified: their names, namespaces and dimensions were never compared with a real account.
 */
export const serviceMetrics: readonly ServiceMetrics[] = [
  {
    namespace: "AWS/IVS",
    dimensions: [["Channel"]],
    names: ["IngestVideoBitrate", "IngestAudioBitrate", "IngestFramerate", "KeyframeInterval"],
    source: "Amazon IVS Low-Latency Streaming User Guide, Monitoring",
  },
  {
    namespace: "AWS/IVS",
    dimensions: [[], ["Channel"]],
    names: ["ConcurrentViews"],
    source: "Amazon IVS Low-Latency Streaming User Guide, Monitoring",
  },
  {
    namespace: "AWS/IVS",
    dimensions: [[]],
    names: ["ConcurrentStreams"],
    source: "Amazon IVS Low-Latency Streaming User Guide, Monitoring",
  },
  {
    namespace: "AWS/IVSChat",
    dimensions: [[]],
    names: ["ConcurrentChatConnections", "MessagingRequests", "MessagingDeliveries"],
    source: "Amazon IVS Chat User Guide, Monitoring",
  },
  {
    namespace: "AWS/IVSChat",
    dimensions: [[]],
    names: ["MessagesDelivered"],
    source: "public code and reports only: the guide does not have it (docs/decisions/0019-metrics-by-the-guide.md)",
  },
  {
    namespace: "AWS/IVSChat",
    dimensions: [["Uri"]],
    names: ["InvocationErrors"],
    source: "Amazon IVS Chat User Guide, Monitoring",
  },
  {
    namespace: "AWS/Lambda",
    dimensions: [[], ["FunctionName"]],
    names: ["Invocations", "Errors", "Throttles", "Duration"],
    source: "AWS Lambda Developer Guide, Types of metrics for Lambda functions",
  },
  {
    namespace: "AWS/SQS",
    dimensions: [["QueueName"]],
    names: ["ApproximateNumberOfMessagesVisible"],
    source: "Amazon SQS Developer Guide, Available CloudWatch metrics",
  },
  {
    namespace: "AWS/ApiGateway",
    dimensions: [["ApiId"]],
    names: ["4xx", "5xx", "Count", "Latency"],
    source: "Amazon API Gateway Developer Guide, CloudWatch metrics for HTTP APIs",
  },
  {
    namespace: "AWS/DynamoDB",
    dimensions: [["TableName"]],
    names: ["ReadThrottleEvents", "WriteThrottleEvents"],
    source: "Amazon DynamoDB Developer Guide, Metrics and dimensions",
  },
];
