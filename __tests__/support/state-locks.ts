import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Cloud } from "#local/cloud.ts";
import { clientOptions } from "./deployed.ts";
import type { SmallStack } from "./small-stack.ts";

/** The ids of the locks that are held. */
export interface HeldLocks {
  /** The item in the DynamoDB table. */
  readonly table?: string;
  /** The `.tflock` object beside the state. */
  readonly file?: string;
}

/** One half of a state's lock, read and written as Terraform does. */
interface Half {
  read(): Promise<string | undefined>;
  hold(info: string): Promise<unknown>;
  free(): Promise<unknown>;
}

/** Both halves of the lock of a stack's state. */
export interface StateLocks {
  readonly table: Half;
  readonly file: Half;
  held(): Promise<HeldLocks>;
}

export function stateLocks(cloud: Cloud, { state }: Pick<SmallStack, "state">): StateLocks {
  const dynamodb = new DynamoDBClient(clientOptions(cloud));
  const s3 = new S3Client({ ...clientOptions(cloud), forcePathStyle: true });
  const item = { TableName: state.dynamodbTable, Key: { LockID: { S: `${state.bucket}/${state.key}` } } };
  const object = { Bucket: state.bucket, Key: `${state.key}.tflock` };
  const table: Half = {
    read: async () => (await dynamodb.send(new GetItemCommand(item))).Item?.Info?.S,
    hold: (info) =>
      dynamodb.send(new PutItemCommand({ TableName: item.TableName, Item: { ...item.Key, Info: { S: info } } })),
    free: () => dynamodb.send(new DeleteItemCommand(item)),
  };
  const file: Half = {
    read: () =>
      s3.send(new GetObjectCommand(object)).then(
        ({ Body }) => Body?.transformToString(),
        (error) => {
          if (error instanceof NoSuchKey) return undefined;
          throw error;
        },
      ),
    hold: (info) => s3.send(new PutObjectCommand({ ...object, Body: info })),
    free: () => s3.send(new DeleteObjectCommand(object)),
  };
  const id = (info: string | undefined) => info && (JSON.parse(info) as { ID: string }).ID;
  return {
    table,
    file,
    held: async () => {
      const [inTable, inFile] = [id(await table.read()), id(await file.read())];
      return { ...(inTable && { table: inTable }), ...(inFile && { file: inFile }) };
    },
  };
}
