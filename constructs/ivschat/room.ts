import { IvschatRoom } from "@cdktf/provider-aws/lib/ivschat-room/index.js";
import { Construct } from "constructs";
import { checkArn, checkName, checkRange } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";
import type { ILoggingConfiguration } from "./logging-configuration.ts";
import type { ReviewHandler } from "./review-handler.ts";

/** A chat room, made here or elsewhere. */
export interface IRoom {
  readonly roomArn: string;
}

export interface RoomReview {
  readonly handler: ReviewHandler;
  /** What happens to a message when the handler does not answer within 200 ms: open rooms say ALLOW, strict ones DENY. */
  readonly fallbackResult: "ALLOW" | "DENY";
}

export interface RoomProps {
  /** Begins the room's name; 1 to 100 letters, digits, hyphens or underscores. @default from the construct's path */
  readonly name?: string;
  /** Longest message, 1 to 500 Unicode code points. @default 500 */
  readonly maximumMessageLength?: number;
  /**
   * Messages a second that all clients together may send, 1 to 10: the service takes up to 100, the AWS provider (5.100)
   * refuses to plan them. @default 10
   */
  readonly maximumMessageRatePerSecond?: number;
  /** @default messages are not reviewed */
  readonly review?: RoomReview;
  /** Where messages are logged, at most 3. @default nowhere */
  readonly logging?: readonly ILoggingConfiguration[];
}

/** What a name may be long, so that the two limits still fit behind it. */
const MAXIMUM_NAME = 100;
/** A room may name so many logging configurations (service model, LoggingConfigurationIdentifierList). */
const MAXIMUM_LOGGING_CONFIGURATIONS = 3;

/**
 * An IVS Chat room. Its name on AWS ends in its two limits, `<name>-<length>-<rate>`: the provider waits five minutes and
 * fails when a limit changes alone, and settles at once when the name changes with it.
 */
export class Room extends Construct implements IRoom {
  /** The underlying `aws_ivschat_room`. */
  readonly resource: IvschatRoom;

  constructor(scope: Construct, id: string, props: RoomProps = {}) {
    super(scope, id);
    const { maximumMessageLength = 500, maximumMessageRatePerSecond = 10, review, logging = [] } = props;
    checkName(this, "name", props.name, MAXIMUM_NAME);
    checkRange(this, "maximumMessageLength", maximumMessageLength, { minimum: 1, maximum: 500, unit: "code points" });
    checkRange(this, "maximumMessageRatePerSecond", maximumMessageRatePerSecond, {
      minimum: 1,
      maximum: 10,
      unit: "messages a second",
    });
    if (logging.length > MAXIMUM_LOGGING_CONFIGURATIONS) {
      const rule = `must be at most ${MAXIMUM_LOGGING_CONFIGURATIONS} logging configurations`;
      throw new ConfigError("ERR_ROOM_LOGGING", this, "logging", rule, logging.length);
    }
    const name = props.name ?? physicalName(this, { maximumLength: MAXIMUM_NAME });
    this.resource = new IvschatRoom(this, "Resource", {
      name: `${name}-${maximumMessageLength}-${maximumMessageRatePerSecond}`,
      maximumMessageLength,
      maximumMessageRatePerSecond,
      // An empty address takes a handler away; without the block the provider would wait five minutes and fail.
      messageReviewHandler: review ? { uri: review.handler.uri, fallbackResult: review.fallbackResult } : { uri: "" },
      loggingConfigurationIdentifiers: logging.map(({ loggingConfigurationArn }) => loggingConfigurationArn),
      ...(review && { dependsOn: [review.handler.permission] }),
    });
  }

  /** Reads a room's ARN. Throws ERR_ARN where it is another kind of ARN. */
  static fromRoomArn(scope: Construct, roomArn: string): IRoom {
    checkArn(scope, "roomArn", roomArn, "ivschat", "room");
    return { roomArn };
  }

  /** `arn:aws:ivschat:<region>:<account>:room/<id>`. */
  get roomArn(): string {
    return this.resource.arn;
  }

  get outputs(): Record<string, string> {
    return { arn: this.roomArn };
  }

  /** Lets a function make tokens by which people enter this room. */
  grantCreateChatToken(grantee: Grantee): void {
    grantee.grant({ sid: "CreateChatToken", actions: ["ivschat:CreateChatToken"], resources: [this.roomArn] });
  }
}
