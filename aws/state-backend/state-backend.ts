import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";

/** Where one stack's state is, as its synthesized `terraform.backend.s3` says. */
export interface StateBackend {
  readonly bucket: string;
  readonly table: string;
  readonly region: string;
  /** The object that holds the state, for example `onair/dev/state.tfstate`. */
  readonly key: string;
  /** What the state is encrypted with: key id, ARN or alias. @default S3's own encryption */
  readonly kmsKeyId?: string | undefined;
}

/** What the functions of this folder call. */
export interface StateBackendClients {
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly sts: STSClient;
}

/** Clients for the backend's region; endpoint and credentials come from the environment, as for every AWS tool. */
export function createStateBackendClients(region: string): StateBackendClients {
  return { s3: new S3Client({ region }), dynamodb: new DynamoDBClient({ region }), sts: new STSClient({ region }) };
}

export type StateBackendErrorCode = "BUCKET_FOREIGN" | "BUCKET_REGION" | "TABLE_UNFIT";

/** A bucket or a table that must not become the state's home; nothing of it was changed. */
export class StateBackendError extends Error {
  readonly code: StateBackendErrorCode;

  constructor(code: StateBackendErrorCode, message: string) {
    super(message);
    this.name = "StateBackendError";
    this.code = code;
  }
}

/** What an idempotent step found. */
export type Outcome = "created" | "present";
