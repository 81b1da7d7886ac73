import type { Plan } from "../plan.ts";
import { bucketStays } from "./exposure.ts";
import { lost, type Rule, written } from "./finding.ts";
import { textAt, valueAt } from "./values.ts";

/** Off now, and on before: what was never on is the service's own default. */
const switchedOff = (
  before: Parameters<typeof valueAt>[0],
  after: Parameters<typeof valueAt>[0],
  block: string,
): boolean => valueAt(before, block, 0, "enabled") === true && valueAt(after, block, 0, "enabled") !== true;

/** Buckets that are made without another resource that speaks of them. A name is often only known when it is applied. */
function bucketsWithout(plan: Plan, type: string) {
  const companions = plan.changes.filter((one) => one.type === type && one.action !== "delete");
  const isMeant = (address: string, name: string | undefined) =>
    companions.some(
      (one) =>
        (name !== undefined && textAt(one.after, "bucket") === name) ||
        plan.references.get(withoutIndex(one.address))?.bucket?.includes(withoutIndex(address)),
    );
  return written(plan, "aws_s3_bucket")
    .filter(({ action, address, after }) => action !== "update" && !isMeant(address, textAt(after, "bucket")))
    .map(({ address, after }) => ({
      address,
      details: [textAt(after, "bucket") ?? textAt(after, "bucket_prefix") ?? ""],
    }));
}

const withoutIndex = (address: string): string => address.replace(/\[.*\]$/, "");

/** What keeps data unreadable to others, restorable, and no longer than it should be. */
export const keepingRules: readonly Rule[] = [
  {
    id: "encryption-off",
    reason: "What is stored from then on is not encrypted as it was.",
    remedy: "Leave the encryption as it is.",
    find: (plan) => [
      ...lost(plan, "aws_s3_bucket_server_side_encryption_configuration")
        .filter(({ action, before }) => action === "delete" && bucketStays(plan, textAt(before, "bucket")))
        .map(({ address, before }) => ({ address, details: [textAt(before, "bucket") ?? ""] })),
      ...written(plan, "aws_dynamodb_table")
        .filter(({ before, after }) => switchedOff(before, after, "server_side_encryption"))
        .map(({ address, after }) => ({ address, details: [textAt(after, "name") ?? ""] })),
      ...written(plan, "aws_sqs_queue")
        .filter(
          ({ after, afterUnknown }) =>
            valueAt(after, "sqs_managed_sse_enabled") === false &&
            textAt(after, "kms_master_key_id") === undefined &&
            valueAt(afterUnknown, "kms_master_key_id") !== true,
        )
        .map(({ address, after }) => ({ address, details: [textAt(after, "name") ?? ""] })),
    ],
  },
  {
    id: "bucket-encryption-missing",
    reason: "The bucket is made without saying how it is encrypted.",
    remedy: "Add an aws_s3_bucket_server_side_encryption_configuration for it.",
    find: (plan) => bucketsWithout(plan, "aws_s3_bucket_server_side_encryption_configuration"),
  },
  {
    id: "bucket-block-missing",
    reason: "The bucket is made without anything that stops it from being made public.",
    remedy: "Add an aws_s3_bucket_public_access_block for it.",
    find: (plan) => bucketsWithout(plan, "aws_s3_bucket_public_access_block"),
  },
  {
    id: "restore-off",
    reason: "The table could no longer be restored to an earlier time.",
    remedy: "Leave point-in-time recovery on.",
    find: (plan) =>
      written(plan, "aws_dynamodb_table")
        .filter(({ before, after }) => switchedOff(before, after, "point_in_time_recovery"))
        .map(({ address, after }) => ({ address, details: [textAt(after, "name") ?? ""] })),
  },
  {
    id: "log-retention-missing",
    reason: "The log group would keep its lines, and their cost, for ever.",
    remedy: "Set retention_in_days.",
    find: (plan) =>
      written(plan, "aws_cloudwatch_log_group")
        .filter(
          ({ after, afterUnknown }) =>
            !valueAt(after, "retention_in_days") && !valueAt(afterUnknown, "retention_in_days"),
        )
        .map(({ address, after }) => ({ address, details: [textAt(after, "name") ?? ""] })),
  },
];
