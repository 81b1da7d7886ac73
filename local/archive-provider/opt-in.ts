import type { Diagnostic } from "./diagnostics.ts";

/** The stand-in works only where this variable says {@link OPT_IN_VALUE}; the local cloud sets it, nothing else may. */
export const OPT_IN_VARIABLE = "ONAIR_ARCHIVE_STANDIN";
export const OPT_IN_VALUE = "allow";

/** Shown on each plan and apply that the stand-in takes part in. */
export const STAND_IN_WARNING: Diagnostic = {
  severity: "warning",
  summary: "Archives are built by a local stand-in for hashicorp/archive",
  detail:
    "The Terraform registry could not be reached, so Onair's stand-in builds the archives for the local cloud. " +
    "Their bytes and hashes differ from the real provider's: never deploy this run to AWS.",
};

/** Why the stand-in refuses to work in this environment, or undefined where it may work. */
export const refusal = (environment: NodeJS.ProcessEnv): Diagnostic | undefined =>
  environment[OPT_IN_VARIABLE] === OPT_IN_VALUE
    ? undefined
    : {
        severity: "error",
        summary: "Local stand-in for hashicorp/archive refused",
        detail:
          `This is Onair's stand-in for the local cloud, not hashicorp/archive, and ${OPT_IN_VARIABLE} is not "${OPT_IN_VALUE}". ` +
          "Delete this folder's .terraform and .terraform.lock.hcl and run `terraform init` where the Terraform registry can be reached.",
      };
