import { GetObjectCommand } from "@aws-sdk/client-s3";
import * as v from "valibot";
import type { StateBackend, StateBackendClients } from "./state-backend.ts";

/** A resource that Terraform manages, as its state has it. It may hold secrets: keep it out of logs. */
export interface StateResource {
  /** `aws_s3_bucket.recordings_5A1C`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const state = v.object({
  resources: v.optional(
    v.array(
      v.object({
        mode: v.string(),
        type: v.string(),
        name: v.string(),
        instances: v.array(v.object({ attributes: v.optional(v.record(v.string(), v.unknown()), {}) })),
      }),
    ),
    [],
  ),
});

/** What a state says that is deployed; nothing where there is no state, or no bucket of states. */
export async function readStateResources(
  { s3 }: Pick<StateBackendClients, "s3">,
  { bucket, key }: Pick<StateBackend, "bucket" | "key">,
): Promise<StateResource[]> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const { resources } = v.parse(state, JSON.parse((await Body?.transformToString()) ?? "{}"));
    return resources
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ type, name, instances }) =>
        instances.map(({ attributes }) => ({ address: `${type}.${name}`, type, attributes })),
      );
  } catch (error) {
    if (error instanceof Error && /^NoSuch(Key|Bucket)$/.test(error.name)) return [];
    throw error;
  }
}
