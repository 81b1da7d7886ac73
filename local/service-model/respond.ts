import type { ServiceResponse } from "../service.ts";
import { ServiceError } from "./error.ts";
import type { OperationModel, ServiceModel } from "./model.ts";
import type { Problem } from "./validate.ts";

/** The refusal of an input that breaks its shape or a rule of the service. */
export const invalidInput = (problems: readonly Pick<Problem, "path" | "message">[]): ServiceError => {
  const many = problems.length === 1 ? "1 validation error" : `${problems.length} validation errors`;
  // A list of a thousand wrong items needs no answer of a thousand lines.
  const shown = problems.slice(0, 10);
  const lines = shown.map(({ path, message }) => `Value at '${path}' failed to satisfy constraint: ${message}`);
  return new ServiceError("ValidationException", `${many} detected: ${lines.join("; ")}`, {
    reason: "FIELD_VALIDATION_FAILED",
    fieldList: shown.map(({ path, message }) => ({ name: path, message })),
  });
};

/** A success with the status that the model gives it; 204 has no body. */
export const success = (operation: OperationModel, output: unknown): ServiceResponse =>
  operation.status === 204 ? { status: 204 } : { status: operation.status, body: output ?? {} };

/**
 * An error as the service writes it: name in `x-amzn-errortype`, status and body members from the model.
 * @param account - stands for the resource where the error is about the account as a whole
 */
export const failure = (model: ServiceModel, account: string, error: ServiceError): ServiceResponse => {
  const shape = model.shapes[error.code];
  const members = Object.keys(shape?.members ?? model.shapes.ValidationException?.members ?? {});
  const body = {
    exceptionMessage: error.message,
    message: error.message,
    resourceId: account,
    resourceType: model.shapes.ResourceType?.enum?.[0],
    ...error.details,
  };
  return {
    // Only an unknown operation is refused by the protocol instead of by the model.
    status: shape?.status ?? 404,
    headers: { "x-amzn-errortype": error.code },
    body: Object.fromEntries(Object.entries(body).filter(([name]) => members.includes(name))),
  };
};
