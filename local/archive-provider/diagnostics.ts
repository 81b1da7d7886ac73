import { encodeMessage } from "./wire.ts";

/** What Terraform shows to its user as an error or a warning. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** The top-level attribute that it is about. @default none: the whole block */
  readonly attribute?: string;
}

const SEVERITIES = { error: 1, warning: 2 };

/** Writes a tfplugin5.AttributePath to one top-level attribute. */
export const encodeAttributePath = (attribute: string): Buffer => encodeMessage({ 1: encodeMessage({ 1: attribute }) });

/** Writes a tfplugin5.Diagnostic. */
export const encodeDiagnostic = ({ severity, summary, detail, attribute }: Diagnostic): Buffer =>
  encodeMessage({
    1: SEVERITIES[severity],
    2: summary,
    3: detail,
    4: attribute === undefined ? undefined : encodeAttributePath(attribute),
  });

/** An error that Terraform shows as it is. */
export class DiagnosticError extends Error {
  readonly code = "ERR_DIAGNOSTIC";
  readonly diagnostic: Diagnostic;

  constructor(summary: string, detail: string) {
    super(`${summary}: ${detail}`);
    this.diagnostic = { severity: "error", summary, detail };
  }
}
