import type { RequestHead } from "./request-head.ts";

/** What a request does to saved state, as far as its head tells. */
export type Effect =
  | "reads"
  /** It is quick: a capture waits for it. */
  | "changes"
  /** It runs other code or waits for something, and what that changes comes through the edge by itself. */
  | "takes-long";

const READING_OPERATION = /^(BatchGet|Describe|Get|Head|List|Lookup|Query|Scan|Search)/;
const TAKES_LONG = [
  /^\/2015-03-31\/functions\/[^/]+\/invocations$/,
  /^\/2021-11-15\/functions\/[^/]+\/response-streaming-invocations$/,
  /^\/_aws\/execute-api\//,
  /^\/restapis\/[^/]+\/[^/]+\/_user_request_(\/|$)/,
];

/** They wait for a trigger, whose own calls a capture would hold up. */
const RUN_A_TRIGGER = ["SignUp", "ConfirmSignUp", "AdminConfirmSignUp", "ConfirmForgotPassword"];

/** Anything that is not known to read is taken to change. */
export const effectOf = ({ method, path, host, headers }: RequestHead): Effect => {
  if (TAKES_LONG.some((pattern) => pattern.test(path)) || host.endsWith(".execute-api.localhost")) return "takes-long";
  if (["GET", "HEAD", "OPTIONS"].includes(method)) return "reads";
  const operation = headers["x-amz-target"]?.split(".").at(-1);
  if (operation === "ReceiveMessage") return "takes-long";
  if (operation !== undefined && RUN_A_TRIGGER.includes(operation)) return "takes-long";
  return operation !== undefined && READING_OPERATION.test(operation) ? "reads" : "changes";
};
