import type { Place } from "../../service-model/state.ts";

/** What IVS tells EventBridge (source `aws.ivs`), apart from the envelope that every event has. */
export interface IvsEvent extends Place {
  readonly detailType:
    | "IVS Stream State Change"
    | "IVS Stream Health Change"
    | "IVS Limit Breach"
    | "IVS Recording State Change";
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly time: number;
}
