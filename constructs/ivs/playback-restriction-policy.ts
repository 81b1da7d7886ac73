import type { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource/index.js";
import { Construct } from "constructs";
import { checkArn, checkName } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";
import { physicalName } from "../core/name.ts";
import { cloudControlResource, type ResourceSchema } from "./cloud-control.ts";

/** From where channels may be watched; made here or elsewhere. */
export interface IPlaybackRestrictionPolicy {
  readonly playbackRestrictionPolicyArn: string;
}

export interface PlaybackRestrictionPolicyProps {
  /** 1 to 128 letters, digits, hyphens or underscores. @default from the construct's path */
  readonly name?: string;
  /** Two capital letters each, as in ISO 3166-1. @default all countries */
  readonly allowedCountries?: readonly string[];
  /** Pages that may play, as browsers say it: `https://live.example.com`. @default all pages */
  readonly allowedOrigins?: readonly string[];
  /** IVS checks the page with every playlist and segment, so that programs that name none are refused. @default false */
  readonly enableStrictOriginEnforcement?: boolean;
}

/** From the CloudFormation template reference: all of it can be changed, also while channels name it. */
const schema: ResourceSchema = {
  typeName: "AWS::IVS::PlaybackRestrictionPolicy",
  properties: ["Name", "AllowedCountries", "AllowedOrigins", "EnableStrictOriginEnforcement"],
  readOnly: ["Arn"],
  createOnly: [],
};

/**
 * Restricts from where channels are watched, public ones too. The AWS provider has no resource for it, so that Terraform
 * declares it by Cloud Control; nor has it an argument of a channel for it: channels are pointed at it by `onair converge`, and
 * the service refuses to delete one that a channel names.
 */
export class PlaybackRestrictionPolicy extends Construct implements IPlaybackRestrictionPolicy {
  /** The underlying `aws_cloudcontrolapi_resource`. */
  readonly resource: CloudcontrolapiResource;

  constructor(scope: Construct, id: string, props: PlaybackRestrictionPolicyProps) {
    super(scope, id);
    checkName(this, "name", props.name);
    const { allowedCountries = [], allowedOrigins = [], enableStrictOriginEnforcement = false } = props;
    const strange = allowedCountries.find((country) => !/^[A-Z]{2}$/.test(country));
    if (strange !== undefined) {
      throw new ConfigError("ERR_COUNTRY", this, "allowedCountries", "must be two capital letters each", strange);
    }
    this.resource = cloudControlResource(this, "Resource", schema, {
      Name: props.name ?? physicalName(this),
      AllowedCountries: [...allowedCountries].sort(),
      AllowedOrigins: [...allowedOrigins].sort(),
      EnableStrictOriginEnforcement: enableStrictOriginEnforcement,
    });
  }

  /** Reads a policy's ARN. Throws ERR_ARN where it is another kind of ARN. */
  static fromPlaybackRestrictionPolicyArn(
    scope: Construct,
    playbackRestrictionPolicyArn: string,
  ): IPlaybackRestrictionPolicy {
    const resource = "playback-restriction-policy";
    checkArn(scope, "playbackRestrictionPolicyArn", playbackRestrictionPolicyArn, "ivs", resource);
    return { playbackRestrictionPolicyArn };
  }

  /** `arn:aws:ivs:<region>:<account>:playback-restriction-policy/<id>`. */
  get playbackRestrictionPolicyArn(): string {
    return this.resource.id;
  }
}
