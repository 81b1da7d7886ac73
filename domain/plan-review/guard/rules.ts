import { cloudControlRules } from "./cloud-control.ts";
import { exposureRules } from "./exposure.ts";
import type { Rule } from "./finding.ts";
import { inUseRules } from "./in-use.ts";
import { keepingRules } from "./keeping.ts";
import { liveRules } from "./live.ts";
import { quotaRules } from "./quotas.ts";
import { statefulRules } from "./stateful.ts";
import { unsettledRules } from "./unsettled.ts";

/** All that the guard knows. */
export const rules: readonly Rule[] = [
  ...liveRules,
  ...statefulRules,
  ...inUseRules,
  ...unsettledRules,
  ...cloudControlRules,
  ...exposureRules,
  ...keepingRules,
  ...quotaRules,
];
