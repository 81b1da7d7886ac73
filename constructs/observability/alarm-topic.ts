import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy/index.js";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic/index.js";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { physicalName } from "../core/name.ts";
import { policyDocument } from "../core/policy.ts";

export interface AlarmTopicProps {
  /** Each gets a mail that asks whether it wants the others; nothing is sent to it before it said yes. @default none */
  readonly emails?: readonly string[];
}

/** Who may look after the key, in the account's own IAM policies; the service takes no key policy that locks everybody out. */
const CARE_FOR_KEY = [
  ...["kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListKeyPolicies", "kms:PutKeyPolicy", "kms:UpdateKeyDescription"],
  ...["kms:GetKeyRotationStatus", "kms:EnableKeyRotation", "kms:DisableKeyRotation", "kms:EnableKey", "kms:DisableKey"],
  ...["kms:ListResourceTags", "kms:TagResource", "kms:UntagResource"],
  ...["kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion", "kms:Decrypt", "kms:GenerateDataKey"],
];

/**
 * Where alarms of this account go, encrypted. The key is one of its own: CloudWatch cannot publish to a topic under the key
 * that AWS manages for SNS, since nobody can allow it to use that one (SNS developer guide, event sources and encryption).
 */
export class AlarmTopic extends Construct {
  /** The underlying `aws_sns_topic`. */
  readonly resource: SnsTopic;
  readonly key: KmsKey;
  /** Which alarms may publish; an alarm is made after it. */
  readonly policy: SnsTopicPolicy;
  readonly keyPolicy: KmsKeyPolicy;

  constructor(scope: Construct, id: string, { emails = [] }: AlarmTopicProps = {}) {
    super(scope, id);
    const name = physicalName(this, { maximumLength: 256 });
    this.key = new KmsKey(this, "Key", {
      description: `Encrypts alarms on their way (${name})`,
      enableKeyRotation: true,
      deletionWindowInDays: 7,
    });
    this.keyPolicy = this.#keyPolicy();
    this.resource = new SnsTopic(this, "Resource", { name, kmsMasterKeyId: this.key.keyId });
    this.policy = new SnsTopicPolicy(this, "Policy", {
      arn: this.topicArn,
      policy: policyDocument([{ sid: "PublishAlarms", ...this.#alarms(this.topicArn), actions: ["sns:Publish"] }]),
    });
    for (const email of emails) {
      new SnsTopicSubscription(this, email, { topicArn: this.topicArn, protocol: "email", endpoint: email });
    }
  }

  get topicArn(): string {
    return this.resource.arn;
  }

  get outputs(): Record<string, string> {
    return { arn: this.topicArn };
  }

  #keyPolicy(): KmsKeyPolicy {
    const { partition, accountId } = AwsStack.of(this);
    const resources = [this.key.arn];
    return new KmsKeyPolicy(this, "KeyPolicy", {
      keyId: this.key.keyId,
      policy: policyDocument([
        {
          sid: "CareForKey",
          principal: { account: `arn:${partition}:iam::${accountId}:root` },
          actions: CARE_FOR_KEY,
          resources,
        },
        { sid: "EncryptAlarms", ...this.#alarms(this.key.arn), actions: ["kms:Decrypt", "kms:GenerateDataKey"] },
      ]),
    });
  }

  /** The alarms of this account; that CloudWatch names the account also where it encrypts is unverified. */
  #alarms(resource: string) {
    const { accountId } = AwsStack.of(this);
    return {
      principal: { service: "cloudwatch.amazonaws.com" },
      resources: [resource],
      conditions: { StringEquals: { "aws:SourceAccount": accountId } },
    };
  }
}
