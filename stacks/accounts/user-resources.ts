import type { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import type { Statement } from "#constructs/core/policy.ts";

/**
 * What functions may do with channels, keys and rooms that they make for users. What they make must be tagged as ours,
 * and what they touch must be tagged as ours and as a user's: nothing of the house has that second tag.
 *
 * IVS asks for the right to every stream key beside the one to the channel, where a call has to do with both; there the
 * channel's tags decide. A key itself cannot be told by tags, as the first one of a channel has none (unverified): its ARN is random,
 * and only ListStreamKeys of a channel, which is asked for its tags, tells it.
 */
export class UserResources {
  readonly #stack: AwsStack;
  readonly #environment: string;

  /** @param environmentName in the tag `onair:environment` */
  constructor(scope: Construct, environmentName: string) {
    this.#stack = AwsStack.of(scope);
    this.#environment = environmentName;
  }

  /** CreateChannel, which makes the channel's key, too. */
  makeChannels(): Statement[] {
    return [
      { ...this.#making(), sid: "MakeChannels", actions: ["ivs:CreateChannel"], resources: this.#channelsAndKeys },
      ...this.#tagging("TagNewChannels", "ivs:TagResource", this.#channels),
    ];
  }

  findChannels(): Statement[] {
    return [{ sid: "FindChannels", actions: ["ivs:ListChannels"], resources: this.#channels }];
  }

  /** GetChannel of any channel: what is not there has no tag, and could not be told from what is forbidden. */
  lookAtChannels(): Statement[] {
    return [{ sid: "LookAtChannels", actions: ["ivs:GetChannel"], resources: this.#channels }];
  }

  /** UpdateChannel, by which a user's channel becomes private or public. */
  changeChannels(): Statement[] {
    const actions = ["ivs:UpdateChannel"];
    return [{ sid: "ChangeChannels", actions, resources: this.#channels, conditions: this.#ofUser }];
  }

  removeChannels(): Statement[] {
    const actions = ["ivs:DeleteChannel"];
    return [
      { sid: "RemoveChannels", actions, resources: this.#channels, conditions: this.#ofUser },
      { sid: "RemoveChannelsKeys", actions, resources: this.#keys },
    ];
  }

  stopStreams(): Statement[] {
    const actions = ["ivs:StopStream"];
    return [{ sid: "StopStreams", actions, resources: this.#channels, conditions: this.#ofUser }];
  }

  /** What a reset takes: the list of keys, the removal of the old one, a new one. */
  replaceKeys(): Statement[] {
    return [
      { sid: "ListKeys", actions: ["ivs:ListStreamKeys"], resources: this.#channels, conditions: this.#ofUser },
      { sid: "RemoveKeys", actions: ["ivs:ListStreamKeys", "ivs:DeleteStreamKey"], resources: this.#keys },
      { ...this.#making(), sid: "MakeKeys", actions: ["ivs:CreateStreamKey"], resources: this.#keys },
      ...this.#tagging("TagNewKeys", "ivs:TagResource", this.#keys),
    ];
  }

  makeRooms(): Statement[] {
    return [
      { ...this.#making(), sid: "MakeRooms", actions: ["ivschat:CreateRoom"], resources: this.#rooms },
      ...this.#tagging("TagNewRooms", "ivschat:TagResource", this.#rooms),
    ];
  }

  findRooms(): Statement[] {
    return [{ sid: "FindRooms", actions: ["ivschat:ListRooms"], resources: this.#rooms }];
  }

  /** GetRoom of any room, for the reason that GetChannel has. */
  lookAtRooms(): Statement[] {
    return [{ sid: "LookAtRooms", actions: ["ivschat:GetRoom"], resources: this.#rooms }];
  }

  removeRooms(): Statement[] {
    const actions = ["ivschat:DeleteRoom"];
    return [{ sid: "RemoveRooms", actions, resources: this.#rooms, conditions: this.#ofUser }];
  }

  get #channels(): string[] {
    return [this.#stack.arn("ivs", "channel/*")];
  }

  get #keys(): string[] {
    return [this.#stack.arn("ivs", "stream-key/*")];
  }

  get #channelsAndKeys(): string[] {
    return [...this.#channels, ...this.#keys];
  }

  get #rooms(): string[] {
    return [this.#stack.arn("ivschat", "room/*")];
  }

  get #ofUser() {
    return {
      StringEquals: { "aws:ResourceTag/onair:environment": this.#environment },
      Null: { "aws:ResourceTag/onair:user": "false" },
    };
  }

  #making() {
    return { conditions: { StringEquals: { "aws:RequestTag/onair:environment": this.#environment } } };
  }

  /**
   * The right to tag, which making something with tags takes, and which would let a function make the house's things a
   * user's. So it holds for what has no tag of an environment yet, or a user's already. Which of the two a new thing is,
   * is unverified: AWS documents that a resource's tags are known while it is made, and reports say that they are not.
   */
  #tagging(sid: string, action: string, resources: readonly string[]): Statement[] {
    const StringEquals = { "aws:RequestTag/onair:environment": this.#environment };
    const untagged = { StringEquals, Null: { "aws:ResourceTag/onair:environment": "true" } };
    const ofUser = { StringEquals, Null: { "aws:ResourceTag/onair:user": "false" } };
    return [
      { sid, actions: [action], resources, conditions: untagged },
      { sid: `${sid}OfUser`, actions: [action], resources, conditions: ofUser },
    ];
  }
}
