import { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import type { PrivateBucket } from "#constructs/data/private-bucket.ts";
import type { Table } from "#constructs/data/table.ts";
import { Schedule } from "#constructs/events/schedule.ts";
import type { UserPool } from "#constructs/identity/user-pool.ts";
import type { IPlaybackRestrictionPolicy } from "#constructs/ivs/playback-restriction-policy.ts";
import type { IRecordingConfiguration } from "#constructs/ivs/recording-configuration.ts";
import type { ILoggingConfiguration } from "#constructs/ivschat/logging-configuration.ts";
import type { ReviewHandler } from "#constructs/ivschat/review-handler.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import type { Queue } from "#constructs/queue/queue.ts";
import type { Environment as SweepEnvironment } from "#handlers/sweep-accounts/env.ts";
import type { Environment as WorkEnvironment } from "#handlers/work-accounts/env.ts";
import type { AccountsSettings } from "#settings/accounts.ts";
import { UserResources } from "./user-resources.ts";

export interface ProvisioningProps {
  /** In the tag `onair:environment`. */
  readonly environmentName: string;
  readonly accounts: AccountsSettings;
  /** The platform's. */
  readonly table: Table;
  /** Holds accounts that have work left. */
  readonly workQueue: Queue;
  readonly userPool: UserPool;
  /** Holds users' pictures, below `avatars/` and `uploads/`. */
  readonly pictures: PrivateBucket;
  /** What channels are recorded by, where `accounts.channel.recorded` says so. @default not recorded */
  readonly recording?: IRecordingConfiguration | undefined;
  /** From where channels are watched. @default from everywhere */
  readonly restriction?: IPlaybackRestrictionPolicy | undefined;
  readonly reviewHandler: ReviewHandler;
  /** Where rooms are logged, at most 3. */
  readonly logging: readonly ILoggingConfiguration[];
}

/** Shorter than a worker's lease on an account, which must end after its holder did (domain/accounts/lease.ts). */
const WORKER_SECONDS = 55;
/** Five workers with five accounts each ask IVS faster than it takes, and none waits for its turn too long. */
const WORKERS = 5;
const ACCOUNTS_OF_A_WORKER = 5;
/** A walk over all channels is paced like everything else. */
const SWEEP_SECONDS = 900;

const SWEEPS = [
  { job: "unfinished", everyMinutes: 5 },
  { job: "spares", everyMinutes: 60 },
  { job: "userless", everyMinutes: 60 },
  { job: "unconfirmed", everyMinutes: 24 * 60 },
] as const;

/** Who makes and takes away what accounts have: workers behind a queue, and what goes round by the clock. */
export class Provisioning extends Construct {
  constructor(scope: Construct, id: string, props: ProvisioningProps) {
    super(scope, id);
    this.#work(props);
    this.#sweep(props);
  }

  #work(props: ProvisioningProps): void {
    const { accounts, table, workQueue, pictures, recording, restriction, logging } = props;
    const { recorded, ...channel } = accounts.channel;
    const worker = new NodeFunction<WorkEnvironment>(this, "work-accounts", {
      handler: "work-accounts",
      constants: { ACCOUNT_DESIGN: { channel, room: accounts.room } },
      timeoutSeconds: WORKER_SECONDS,
      memoryMegabytes: 512,
      environment: {
        ENVIRONMENT_NAME: props.environmentName,
        NAME_PREFIX: AwsStack.of(this).namePrefix,
        USER_POOL_ID: props.userPool.userPoolId,
        PICTURES_BUCKET: pictures.bucketName,
        REVIEW_FUNCTION_ARN: props.reviewHandler.uri,
        ...(recorded && recording && { RECORDING_CONFIGURATION_ARN: recording.recordingConfigurationArn }),
        ...(restriction && { PLAYBACK_RESTRICTION_POLICY_ARN: restriction.playbackRestrictionPolicyArn }),
        ...(logging.length > 0 && {
          LOGGING_CONFIGURATION_ARNS: logging.map((one) => one.loggingConfigurationArn).join(","),
        }),
      },
    });
    const actions = ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "BatchWriteItem"] as const;
    worker.bind(table, { variable: "TABLE_NAME", access: { actions } });
    worker.bind(workQueue, { variable: "WORK_QUEUE_URL", access: "send" });
    workQueue.consume(worker, { batchSize: ACCOUNTS_OF_A_WORKER, maximumConcurrency: WORKERS });
    props.userPool.grantDeleteUser(worker);
    const users = new UserResources(this, props.environmentName);
    const onIvs = [users.makeChannels(), users.findChannels(), users.lookAtChannels(), users.removeChannels()];
    const onKeys = [users.replaceKeys(), users.stopStreams()];
    const onRooms = [users.makeRooms(), users.findRooms(), users.lookAtRooms(), users.removeRooms()];
    for (const statement of [...onIvs, ...onKeys, ...onRooms].flat()) worker.grant(statement);
    worker.grant({
      sid: "FindPictures",
      actions: ["s3:ListBucket"],
      resources: [pictures.bucketArn],
      conditions: { StringLike: { "s3:prefix": ["avatars/*", "uploads/*"] } },
    });
    worker.grant({
      sid: "RemovePictures",
      actions: ["s3:DeleteObject"],
      resources: [`${pictures.bucketArn}/avatars/*`, `${pictures.bucketArn}/uploads/*`],
    });
  }

  #sweep({ environmentName, table, workQueue, userPool }: ProvisioningProps): void {
    const sweeper = new NodeFunction<SweepEnvironment>(this, "sweep-accounts", {
      handler: "sweep-accounts",
      invocation: "asynchronous",
      timeoutSeconds: SWEEP_SECONDS,
      environment: { ENVIRONMENT_NAME: environmentName, USER_POOL_ID: userPool.userPoolId },
    });
    const access = { actions: ["GetItem", "UpdateItem"], indexes: ["unfinished", "listed"] } as const;
    sweeper.bind(table, { variable: "TABLE_NAME", access });
    sweeper.bind(workQueue, { variable: "WORK_QUEUE_URL", access: "send" });
    const users = new UserResources(this, environmentName);
    const onIvs = [users.findChannels(), users.lookAtChannels(), users.removeChannels()];
    const onRooms = [users.findRooms(), users.lookAtRooms(), users.removeRooms()];
    for (const statement of [...onIvs, ...onRooms].flat()) sweeper.grant(statement);
    userPool.grantDeleteUser(sweeper);
    userPool.grantGetUser(sweeper);
    sweeper.grant({ sid: "ListUsers", actions: ["cognito-idp:ListUsers"], resources: [userPool.userPoolArn] });
    for (const { job, everyMinutes } of SWEEPS) {
      new Schedule(this, `${job}-accounts`, { everyMinutes, target: sweeper, input: { job } });
    }
  }
}
