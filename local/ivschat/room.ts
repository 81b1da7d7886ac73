import { arnFor } from "../service-model/arn.ts";
import { quotaExceeded } from "../service-model/error.ts";
import { find } from "../service-model/find.ts";
import type { Shapes } from "../service-model/generated/ivschat.types.ts";
import { newId } from "../service-model/identifiers.ts";
import { newestFirst, page } from "../service-model/pages.ts";
import { pick } from "../service-model/pick.ts";
import { invalidInput } from "../service-model/respond.ts";
import type { IvsChatCall, Operation } from "./state.ts";

/** A chat room. Messages are reviewed where it has a handler whose `uri` is not empty. */
export type Room = Required<Omit<Shapes["GetRoomResponse"], "messageReviewHandler">> & {
  readonly messageReviewHandler?: Required<Shapes["MessageReviewHandler"]>;
};

const settable = [
  "name",
  "maximumMessageRatePerSecond",
  "maximumMessageLength",
  "loggingConfigurationIdentifiers",
] as const;

/**
 * The handler that a room has after a request: what the request leaves out stays as it was. One that is taken away
 * stays in answers with an empty `uri` (the Terraform provider's acceptance test, run on AWS, expects it there).
 * Throws ValidationException for a function of another account or region, which the service cannot invoke.
 */
const handlerFor = (
  { region, accountId }: IvsChatCall,
  before: Room["messageReviewHandler"],
  asked: Shapes["MessageReviewHandler"],
): Required<Shapes["MessageReviewHandler"]> => {
  const uri = asked.uri ?? before?.uri ?? "";
  const home = `arn:aws:lambda:${region}:${accountId}:function:`;
  if (uri !== "" && !uri.startsWith(home)) {
    const message = `Must be a function of the room's own account and region, ${home}...`;
    throw invalidInput([{ path: "messageReviewHandler.uri", message }]);
  }
  return { uri, fallbackResult: asked.fallbackResult ?? before?.fallbackResult ?? "ALLOW" };
};

const save = (call: IvsChatCall, before: Room, input: Shapes["UpdateRoomRequest"] | Shapes["CreateRoomRequest"]) => {
  for (const arn of input.loggingConfigurationIdentifiers ?? []) find(call.tables.loggingConfigurations, arn);
  const { messageReviewHandler: asked } = input;
  const room: Room = {
    ...before,
    ...pick(input, settable),
    ...(asked && { messageReviewHandler: handlerFor(call, before.messageReviewHandler, asked) }),
    updateTime: new Date(call.now).toISOString(),
  };
  call.tables.rooms.put(room.arn, room);
  return room;
};

export const createRoom: Operation<"CreateRoom"> = (call, input) => {
  const { tables, settings, now } = call;
  if (tables.rooms.size >= settings.quotas.rooms) throw quotaExceeded("rooms", settings.quotas.rooms);
  const id = newId();
  const time = new Date(now).toISOString();
  const room: Room = {
    arn: arnFor("ivschat", call, "room", id),
    id,
    name: "",
    createTime: time,
    updateTime: time,
    maximumMessageRatePerSecond: 10,
    maximumMessageLength: 500,
    loggingConfigurationIdentifiers: [],
    tags: input.tags ?? {},
  };
  return save(call, room, input);
};

export const getRoom: Operation<"GetRoom"> = ({ tables }, { identifier }) => find(tables.rooms, identifier);

export const updateRoom: Operation<"UpdateRoom"> = (call, input) =>
  save(call, find(call.tables.rooms, input.identifier), input);

export const deleteRoom: Operation<"DeleteRoom"> = async ({ tables, settings }, { identifier }) => {
  find(tables.rooms, identifier);
  tables.rooms.delete(identifier);
  await settings.chatRooms.close(identifier);
  return undefined;
};

const summary = [
  "arn",
  "id",
  "name",
  "messageReviewHandler",
  "createTime",
  "updateTime",
  "tags",
  "loggingConfigurationIdentifiers",
] as const;

/** Filters narrow the list together; an empty one counts as none (unverified). */
export const listRooms: Operation<"ListRooms"> = (call, input) => {
  const { name, messageReviewHandlerUri: uri, loggingConfigurationIdentifier: logging } = input;
  if (logging) find(call.tables.loggingConfigurations, logging);
  const matches = call.tables.rooms
    .all()
    .filter((room) => !name || room.name === name)
    .filter((room) => !uri || room.messageReviewHandler?.uri === uri)
    .filter((room) => !logging || room.loggingConfigurationIdentifiers.includes(logging));
  const { items, nextToken } = page(matches, input, {
    scope: ["ListRooms", call.accountId, call.region, name, uri, logging],
    size: 50,
    key: ({ updateTime, arn }) => newestFirst(updateTime, arn),
  });
  return { rooms: items.map((room) => pick(room, summary)), nextToken };
};
