import { expect, it } from "vitest";
import { CallFailedError } from "#aws/accounts/refusals.ts";
import { serviceFailure } from "#cli/onair/service-failure.ts";
import { ServiceError } from "#domain/accounts/service-error.ts";

const fromAws = (name: string, httpStatusCode: number) =>
  Object.assign(new Error("UnknownError"), { name, $metadata: { httpStatusCode } });

it("a call that IVS refuses is told in the service's words", () => {
  const words = "UpdateChannel failed: AccessDeniedException, not authorized (request 1)";
  const failed = new CallFailedError(words, { cause: fromAws("AccessDeniedException", 403) });
  expect(serviceFailure(failed, "onair converge")).toMatchObject({
    code: "AWS_REFUSED",
    what: "AWS refused a call: AccessDeniedException.",
    why: words,
    cure: "Allow it, or use other credentials, then: onair converge",
  });
});

it("a call that IVS throttles may be made again in a while", () => {
  const throttled = new ServiceError("THROTTLED", "GetRoom", { cause: fromAws("ThrottlingException", 429) });
  expect(serviceFailure(throttled, "onair converge")).toMatchObject({
    code: "AWS_UNREACHABLE",
    why: "GetRoom was refused: THROTTLED",
  });
});

it("what was not foreseen stays what it is", () => {
  const unforeseen = new CallFailedError("CreateRoom answered without an ARN");
  expect(serviceFailure(unforeseen, "onair converge")).toBe(unforeseen);
});
