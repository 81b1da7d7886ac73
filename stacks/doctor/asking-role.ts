import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { physicalName } from "#constructs/core/name.ts";
import { policyDocument, type Statement } from "#constructs/core/policy.ts";

/** What is asked for: each session has less, by a policy of its own. */
const MAKES = {
  ivs: [
    ...["CreateAdConfiguration", "CreateChannel", "CreatePlaybackRestrictionPolicy", "CreateRecordingConfiguration"],
    ...["CreateStreamKey", "ImportPlaybackKeyPair", "TagResource"],
  ],
  ivschat: ["CreateLoggingConfiguration", "CreateRoom", "TagResource"],
} as const;
const TOUCHES = { ivs: ["InsertAdBreak", "PutMetadata", "UpdateChannel"], ivschat: ["CreateChatToken"] } as const;

/**
 * A role that whoever runs the doctor takes, to ask IAM what a session with fewer rights may do. It makes channels, rooms
 * and what they hold on to, and touches nothing but what carries the run's tag.
 */
export class AskingRole extends Construct {
  readonly roleArn: string;

  constructor(scope: Construct, id: string, run: string) {
    super(scope, id);
    const stack = AwsStack.of(this);
    const account = `arn:${stack.partition}:iam::${stack.accountId}:root`;
    const role = new IamRole(this, "Resource", {
      name: physicalName(this, { maximumLength: 64 }),
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" }],
      }),
    });
    const ofRun = { conditions: { StringEquals: { "aws:ResourceTag/onair:doctor": run } } };
    const may = (sid: string, service: "ivs" | "ivschat", names: readonly string[]): Statement => ({
      sid: `${sid}${service}`,
      actions: names.map((name) => `${service}:${name}`),
      resources: [stack.arn(service, "*")],
    });
    new IamRolePolicy(this, "Policy", {
      name: "asked",
      role: role.name,
      policy: policyDocument([
        may("Make", "ivs", MAKES.ivs),
        may("Make", "ivschat", MAKES.ivschat),
        { ...may("Touch", "ivs", TOUCHES.ivs), ...ofRun },
        { ...may("Touch", "ivschat", TOUCHES.ivschat), ...ofRun },
      ]),
    });
    this.roleArn = role.arn;
  }
}
