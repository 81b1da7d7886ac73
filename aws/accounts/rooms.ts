import { CreateRoomCommand, DeleteRoomCommand, type IvschatClient, paginateListRooms } from "@aws-sdk/client-ivschat";
import type { OwnedResources } from "#domain/accounts/ports.ts";
import type { TaggedResources } from "#domain/accounts/spares.ts";
import { arnsOf, nameFor, type Ownership, ownedOf, tagsFor } from "./ownership.ts";
import { askOfRoom } from "./presence.ts";
import { ask, askPages, CallFailedError } from "./refusals.ts";

/** What the rooms of users are like. */
export interface RoomDesign {
  /** In Unicode code points. */
  readonly maximumMessageLength: number;
  readonly maximumMessageRatePerSecond: number;
  /** The ARN of the function that reviews messages. */
  readonly reviewFunctionArn: string;
  /** What happens to a message that was not reviewed in time. */
  readonly reviewFallback: "ALLOW" | "DENY";
  /** At most 3. */
  readonly loggingConfigurationArns: readonly string[];
}

export interface RoomPorts {
  readonly chat: IvschatClient;
  /** A client that asks once (`maxAttempts: 1`): whoever repeats CreateRoom makes a second room. */
  readonly chatOnce: IvschatClient;
  readonly ownership: Ownership;
}

/** The users' rooms, or those of one name, page by page. */
async function* list(chat: IvschatClient, environment: string, name?: string) {
  const pages = paginateListRooms({ client: chat, pageSize: 50 }, { name });
  for await (const { rooms } of askPages("ListRooms", pages)) yield ownedOf(environment, rooms);
}

async function remove(chat: IvschatClient, arn: string): Promise<void> {
  await askOfRoom(chat, arn, "DeleteRoom", () => chat.send(new DeleteRoomCommand({ identifier: arn })), undefined);
}

/** All rooms of users in IVS Chat. */
export const createTaggedRooms = ({
  chat,
  environment,
}: {
  readonly chat: IvschatClient;
  readonly environment: string;
}): TaggedResources => ({
  all: () => list(chat, environment),
  remove: (arn) => remove(chat, arn),
});

/** The rooms of users in IVS Chat, made by a design, found by name and tags. */
export function createOwnedRooms({ chat, chatOnce, ownership }: RoomPorts, design: RoomDesign): OwnedResources {
  return {
    find: (sub) => arnsOf(sub, list(chat, ownership.environment, nameFor(ownership, sub))),

    async create(sub) {
      const make = new CreateRoomCommand({
        name: nameFor(ownership, sub),
        tags: tagsFor(ownership, sub),
        maximumMessageLength: design.maximumMessageLength,
        maximumMessageRatePerSecond: design.maximumMessageRatePerSecond,
        messageReviewHandler: { uri: design.reviewFunctionArn, fallbackResult: design.reviewFallback },
        loggingConfigurationIdentifiers: [...design.loggingConfigurationArns],
      });
      const { arn } = await ask("CreateRoom", chatOnce.send(make));
      if (arn === undefined) throw new CallFailedError("CreateRoom answered without an ARN");
      return arn;
    },

    remove: (arn) => remove(chat, arn),
  };
}
