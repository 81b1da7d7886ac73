/** An answer of the edge itself. */
export interface Refusal {
  readonly status: number;
  /** Goes out as `x-amzn-errortype`, which is where Amazon's SDKs look. */
  readonly errorType: string;
  readonly body: { readonly code: string; readonly message: string };
}

export const refusal = (
  status: number,
  code: string,
  message: string,
  errorType = "AccessDeniedException",
): Refusal => ({ status, errorType, body: { code, message } });
