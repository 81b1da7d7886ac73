import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity/index.js";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition/index.js";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Aspects, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ProtectData } from "./protect-data.ts";

/** Where Terraform keeps a stack's state, and both of its locks. */
export interface RemoteState {
  readonly bucket: string;
  readonly region: string;
  /** Unique per stack and environment. */
  readonly key: string;
  readonly dynamodbTable: string;
  /** What encrypts it: a key id, ARN or alias. @default S3's own encryption */
  readonly kmsKeyId?: string | undefined;
}

export interface AwsStackProps {
  /** An AWS region, for example `eu-west-1`. */
  readonly region: string;
  /** Begins the name of everything in the stack, for example `onair-dev`. */
  readonly namePrefix: string;
  /** Accounts that the provider may act on. @default any account */
  readonly allowedAccountIds?: readonly string[];
  /** On every resource, through the provider's default tags. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Which releases of the AWS provider Terraform may take. @default "~> 5.100" */
  readonly awsProviderVersion?: string;
  /** @default a state file in the working folder */
  readonly remoteState?: RemoteState;
  /** Refuse to destroy or replace what holds data. @default false */
  readonly protect?: boolean;
  /** Let `terraform destroy` delete buckets that still hold objects; holds from the next deploy on. @default false */
  readonly forceDestroyBuckets?: boolean;
  /** How long CloudWatch keeps log lines, in days. @default 14 */
  readonly logRetentionDays?: number;
}

/** The release line that the tests run. */
const DEFAULT_AWS_PROVIDER_VERSION = "~> 5.100";

/** The first Terraform that can hold both locks: S3's lock file left its experimental state in 1.11. */
const TERRAFORM_VERSION = ">= 1.11";

/** A Terraform stack in one region of one AWS account. Every construct of this library stands in one. */
export class AwsStack extends TerraformStack {
  readonly region: string;
  readonly namePrefix: string;
  readonly protect: boolean;
  readonly forceDestroyBuckets: boolean;
  readonly logRetentionDays: number;
  /** On every resource; those that know no default tags must be given them. */
  readonly tags: Readonly<Record<string, string>>;
  /** Where its state is; undefined for a file in the working folder. */
  readonly remoteState: RemoteState | undefined;
  readonly #identity: DataAwsCallerIdentity;
  readonly #partition: DataAwsPartition;

  constructor(scope: Construct, id: string, props: AwsStackProps) {
    super(scope, id);
    this.region = props.region;
    this.namePrefix = props.namePrefix;
    this.protect = props.protect ?? false;
    this.forceDestroyBuckets = props.forceDestroyBuckets ?? false;
    this.logRetentionDays = props.logRetentionDays ?? 14;
    this.tags = props.tags ?? {};
    this.remoteState = props.remoteState;

    new AwsProvider(this, "aws", {
      region: props.region,
      ...(props.allowedAccountIds?.length && { allowedAccountIds: [...props.allowedAccountIds] }),
      ...(props.tags && { defaultTags: [{ tags: { ...props.tags } }] }),
    });
    this.addOverride("terraform.required_version", TERRAFORM_VERSION);
    // The bindings pin the one release that they were generated from.
    this.addOverride(
      "terraform.required_providers.aws.version",
      props.awsProviderVersion ?? DEFAULT_AWS_PROVIDER_VERSION,
    );
    if (props.remoteState) this.#keepStateIn(props.remoteState);
    if (this.protect) Aspects.of(this).add(new ProtectData());

    this.#identity = new DataAwsCallerIdentity(this, "caller");
    this.#partition = new DataAwsPartition(this, "partition");
  }

  /** The stack that a construct stands in. Throws where it is not an AwsStack. */
  static override of(construct: Construct): AwsStack {
    const stack = TerraformStack.of(construct);
    if (!(stack instanceof AwsStack)) throw new Error(`${construct.node.path}: must stand in an AwsStack`);
    return stack;
  }

  /** Twelve digits, known to Terraform only. */
  get accountId(): string {
    return this.#identity.accountId;
  }

  /** `aws`, `aws-cn` or `aws-us-gov`, known to Terraform only. */
  get partition(): string {
    return this.#partition.partition;
  }

  /**
   * The ARN of something in this stack's account.
   *
   * @param region @default the stack's
   */
  arn(service: string, resource: string, region: string = this.region): string {
    return `arn:${this.partition}:${service}:${region}:${this.accountId}:${resource}`;
  }

  #keepStateIn(remoteState: RemoteState): void {
    new S3Backend(this, { ...remoteState, encrypt: true });
    // Both locks: the table that the team's tools know, and the lock file that Terraform is moving to.
    this.addOverride("terraform.backend.s3.use_lockfile", true);
  }
}
