import { StateBackendError } from "#aws/state-backend/state-backend.ts";
import { CliError } from "../terminal/cli-error.ts";

/** A failed call to AWS as an error that says what to do; other errors stay what they are. */
export function awsFailure(thrown: unknown, again: string): unknown {
  if (thrown instanceof StateBackendError) {
    const cures = {
      BUCKET_FOREIGN: "Choose another bucket name in backend.tf.json, or allow this account in the bucket's policy.",
      BUCKET_REGION: "Write the bucket's own region, or another bucket name, into backend.tf.json.",
      TABLE_UNFIT: "Choose another dynamodb_table in backend.tf.json.",
    } as const;
    return new CliError(thrown.code, thrown.message, "Nothing of it was changed.", cures[thrown.code]);
  }
  if (!(thrown instanceof Error)) return thrown;
  const { name, message } = thrown;
  const { code, $metadata } = thrown as { code?: string; $metadata?: { httpStatusCode?: number } };
  if (name === "CredentialsProviderError") {
    return new CliError(
      "AWS_UNREACHABLE",
      "There are no AWS credentials.",
      message,
      `Name a profile (AWS_PROFILE=..., after aws sso login), then: ${again}`,
    );
  }
  if (code && unreachable.has(code)) {
    const endpoint = process.env.AWS_ENDPOINT_URL;
    return new CliError(
      "AWS_UNREACHABLE",
      `${endpoint ? `The cloud at ${endpoint}` : "AWS"} cannot be reached.`,
      `${code}: ${message}`,
      endpoint
        ? "Start it (npm run local), or unset AWS_ENDPOINT_URL."
        : `Check the network and the region, then: ${again}`,
    );
  }
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return thrown;
  if (status >= 500 || status === 429 || throttled.has(name)) {
    return new CliError("AWS_UNREACHABLE", `AWS is busy or failing: ${name}.`, message, `In a while, again: ${again}`);
  }
  return new CliError(
    "AWS_REFUSED",
    `AWS refused a call: ${name}.`,
    message,
    `Allow it, or use other credentials, then: ${again}`,
  );
}

/** What AWS calls "slow down" where the status is 400; the SDK has tried again by itself, a few times. */
const throttled = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "TooManyRequestsException",
  "RequestLimitExceeded",
]);

const unreachable = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH"]);
