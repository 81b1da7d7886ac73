import type { Json, ResourceChange } from "../plan.ts";
import { texts } from "./policy.ts";
import { listAt, textAt, valueAt } from "./values.ts";

/** Condition keys that say who calls, or from where; in small letters, as AWS tells none apart by size. */
const bindingKeys: ReadonlySet<string> = new Set([
  ...["aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths"],
  ...["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner"],
  ...["aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip", "aws:userid", "aws:username"],
  ...["kms:calleraccount", "s3:dataaccesspointaccount"],
]);

/** Those that hold only where the request says something, and equals it: `IfExists` and `ForAllValues:` hold without. */
const bindingOperators = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress)$/i;

/** Anybody is among these. */
const anybody: ReadonlySet<string> = new Set(["*", "0.0.0.0/0", "::/0"]);

/** Whether a condition of the statement binds who calls: that the call is by TLS binds nobody. */
export function bindsCaller(statement: Json): boolean {
  const condition = valueAt(statement, "Condition");
  if (condition === null || condition === undefined || typeof condition !== "object") return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      bindingOperators.test(operator) &&
      Object.keys(keys as object).some((key) => {
        const values = texts(listAt(keys as Json, key));
        return bindingKeys.has(key.toLowerCase()) && values.length > 0 && !values.some((value) => anybody.has(value));
      }),
  );
}

/** A permission of a function for everybody: nothing of it says whose calls those are. */
export function permitsEverybody({ after, afterUnknown }: ResourceChange): boolean {
  const isBound = ["source_account", "source_arn", "principal_org_id"].some(
    (name) => (textAt(after, name) ?? "*") !== "*" || valueAt(afterUnknown, name) === true,
  );
  return textAt(after, "principal") === "*" && !isBound;
}
