import { afterEach, describe, expect, test, vi } from "vitest";
import { StateBackendError } from "#aws/state-backend/state-backend.ts";
import { awsFailure } from "#cli/bootstrap/aws-failure.ts";
import { CliError } from "#cli/terminal/cli-error.ts";

const named = (name: string, more: object) => Object.assign(new Error("as AWS says"), { name, ...more });
const failure = (thrown: unknown) => {
  const error = awsFailure(thrown, "npm run bootstrap");
  if (!(error instanceof CliError)) throw error;
  return error;
};

afterEach(() => void vi.unstubAllEnvs());

describe("awsFailure", () => {
  test("asks for credentials where there are none", () => {
    expect(failure(named("CredentialsProviderError", {}))).toMatchObject({
      code: "AWS_UNREACHABLE",
      what: "There are no AWS credentials.",
      cure: "Name a profile (AWS_PROFILE=..., after aws sso login), then: npm run bootstrap",
    });
  });

  test("says which endpoint cannot be reached", () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566");
    expect(failure(named("Error", { code: "ECONNREFUSED" }))).toMatchObject({
      code: "AWS_UNREACHABLE",
      what: "The cloud at http://127.0.0.1:4566 cannot be reached.",
      cure: "Start it (npm run local), or unset AWS_ENDPOINT_URL.",
    });
  });

  test("passes on what AWS refuses", () => {
    expect(failure(named("AccessDenied", { $metadata: { httpStatusCode: 403 } }))).toMatchObject({
      code: "AWS_REFUSED",
      what: "AWS refused a call: AccessDenied.",
      why: "as AWS says",
    });
  });

  test.each([
    ["SlowDown", 503],
    ["InternalError", 500],
    ["ThrottlingException", 400],
    ["TooManyRequests", 429],
  ])("asks for nothing but time after %s", (name, httpStatusCode) => {
    expect(failure(named(name, { $metadata: { httpStatusCode } }))).toMatchObject({
      code: "AWS_UNREACHABLE",
      what: `AWS is busy or failing: ${name}.`,
      why: "as AWS says",
      cure: "In a while, again: npm run bootstrap",
    });
  });

  test("says how to go on with a bucket that is somebody else's", () => {
    expect(failure(new StateBackendError("BUCKET_FOREIGN", "Bucket b is not yours."))).toMatchObject({
      code: "BUCKET_FOREIGN",
      what: "Bucket b is not yours.",
      cure: "Choose another bucket name in backend.tf.json, or allow this account in the bucket's policy.",
    });
  });

  test("leaves our own errors and faults of the program as they are", () => {
    const own = new CliError("INTERRUPTED", "a", "b", "c");
    const fault = new TypeError("x is not a function");
    expect(awsFailure(own, "")).toBe(own);
    expect(awsFailure(fault, "")).toBe(fault);
  });
});
