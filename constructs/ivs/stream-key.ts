import { DataAwsIvsStreamKey } from "@cdktf/provider-aws/lib/data-aws-ivs-stream-key/index.js";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { IChannel } from "./channel.ts";

/**
 * The stream key of a channel: whoever holds it can go live. Ask for it only where an encoder is configured by Terraform,
 * since the state then holds it; people read theirs through the API. The provider does not mark it sensitive; this does.
 */
export class StreamKey extends Construct {
  /** The underlying `aws_ivs_stream_key` data source. */
  readonly resource: DataAwsIvsStreamKey;

  constructor(scope: Construct, id: string, channel: IChannel) {
    super(scope, id);
    this.resource = new DataAwsIvsStreamKey(this, "Resource", { channelArn: channel.channelArn });
  }

  get streamKeyArn(): string {
    return this.resource.arn;
  }

  /** Sensitive: Terraform shows it in no plan, and refuses an output that is not marked so too. */
  get value(): string {
    return Fn.sensitive(this.resource.value);
  }
}
