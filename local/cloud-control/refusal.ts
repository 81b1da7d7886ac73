import type { ServiceResponse } from "../service.ts";

/** A request that Cloud Control does not take, under the name of its own error, for example `TypeNotFoundException`. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "Refusal";
    this.code = code;
  }
}

export const CONTENT_TYPE = "application/x-amz-json-1.0";

/** The refusal as it goes out, in the form of AWS JSON 1.0. */
export const refused = ({ code, message }: Refusal): ServiceResponse => ({
  status: code === "InternalFailure" ? 500 : 400,
  headers: { "content-type": CONTENT_TYPE, "x-amzn-errortype": code },
  body: { __type: `com.amazon.cloudapiservice#${code}`, Message: message },
});
