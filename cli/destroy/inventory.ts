import { ListObjectVersionsCommand, type S3Client } from "@aws-sdk/client-s3";
import { listKeySecrets } from "#aws/destroy/key-secrets.ts";
import { type Tagged, taggedChannels, taggedRooms } from "#aws/destroy/tagged.ts";
import { listStreams } from "#aws/ivs/streams.ts";
import { readStateResources, type StateResource } from "#aws/state-backend/read-state.ts";
import type { Backend } from "#settings/backend.ts";
import { stateKey } from "#settings/backend.ts";
import type { DestroyClients } from "./clients.ts";

/** One stack, as its state has it. */
export interface StackInventory {
  readonly stack: string;
  readonly resources: readonly StateResource[];
}

/** A bucket that a stack made. */
export interface BucketInventory {
  readonly name: string;
  /** Versions and markers, as many as one page tells. */
  readonly objects: number;
  /** Terraform may remove it with what is in it. */
  readonly mayBeEmptied: boolean;
}

/** All that `onair destroy` would remove. */
export interface Inventory {
  /** ARNs of channels that are live. */
  readonly live: readonly Tagged[];
  readonly channels: readonly Tagged[];
  readonly rooms: readonly Tagged[];
  readonly secrets: readonly string[];
  /** In the order in which they go. */
  readonly stacks: readonly StackInventory[];
  readonly buckets: readonly BucketInventory[];
}

/** @param stacks names, in the order in which they go */
export async function takeInventory(
  { ivs, chat, pace, secrets, s3, state }: DestroyClients,
  { environment, backend, stacks }: { environment: string; backend: Backend; stacks: readonly string[] },
): Promise<Inventory> {
  const channels = await taggedChannels(ivs, pace, environment);
  const rooms = await taggedRooms(chat, pace, environment);
  const onAir = new Set((await listStreams(ivs)).map(({ channelArn }) => channelArn));
  const found: StackInventory[] = [];
  for (const stack of stacks) {
    const place = { bucket: backend.bucket, key: stateKey(environment, stack) };
    found.push({ stack, resources: await readStateResources({ s3: state.s3 }, place) });
  }
  return {
    live: channels.filter(({ arn }) => onAir.has(arn)),
    channels: channels.filter(({ isUsers }) => isUsers),
    rooms: rooms.filter(({ isUsers }) => isUsers),
    secrets: await listKeySecrets(secrets, environment),
    stacks: found,
    buckets: await Promise.all(found.flatMap(({ resources }) => resources.flatMap((one) => bucketOf(s3, one) ?? []))),
  };
}

const bucketOf = (s3: S3Client, { type, attributes }: StateResource) =>
  type === "aws_s3_bucket" ? readBucket(s3, String(attributes.bucket), attributes.force_destroy === true) : undefined;

async function readBucket(s3: S3Client, name: string, mayBeEmptied: boolean): Promise<BucketInventory> {
  try {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: name }));
    return { name, mayBeEmptied, objects: Versions.length + DeleteMarkers.length };
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchBucket") return { name, mayBeEmptied, objects: 0 };
    throw error;
  }
}

/** Whether nothing is there to be removed. */
export const isEmpty = ({ live, channels, rooms, secrets, stacks }: Inventory): boolean =>
  [live, channels, rooms, secrets].every(({ length }) => length === 0) &&
  stacks.every(({ resources }) => resources.length === 0);

/** A page of S3's list. */
const mostCounted = 1000;

/** The list that people read before they agree. */
export function inventoryLines({ live, channels, rooms, secrets, stacks, buckets }: Inventory): string[] {
  const named = (title: string, list: readonly Tagged[]) => [
    `${title}: ${list.length}`,
    ...list.map(({ name, arn }) => `  ${name} (${arn})`),
  ];
  return [
    ...named("Live streams, to be ended", live),
    ...named("Users' channels", channels),
    ...named("Users' rooms", rooms),
    `Secrets of playback keys, to be brought back within 7 days: ${secrets.length}`,
    ...secrets.map((name) => `  ${name}`),
    ...stacks.flatMap(({ stack, resources }) => [
      `Stack ${stack}: ${resources.length} resources`,
      ...resources.map(({ address }) => `  ${address}`),
    ]),
    ...buckets.map(
      ({ name, objects }) => `Bucket ${name}: ${objects >= mostCounted ? `${mostCounted} or more` : objects} objects`,
    ),
    "All rows of the stacks' tables and all users of their pools go with them.",
  ];
}
