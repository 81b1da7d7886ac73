import type { Operations } from "../service-model/generated/ivschat.types.ts";
import type { OperationTable } from "../service-model/service.ts";
import { listTagsForResource, tagResource, untagResource } from "../service-model/tags.ts";
import * as logging from "./logging-configuration.ts";
import * as messaging from "./messaging.ts";
import * as rooms from "./room.ts";
import type { IvsChatCall } from "./state.ts";

/** Every operation of the model; the compiler refuses a missing or an unknown one. */
export const ivsChatOperations: OperationTable<Operations, IvsChatCall> = {
  CreateRoom: rooms.createRoom,
  DeleteRoom: rooms.deleteRoom,
  GetRoom: rooms.getRoom,
  ListRooms: rooms.listRooms,
  UpdateRoom: rooms.updateRoom,

  CreateLoggingConfiguration: logging.createLoggingConfiguration,
  DeleteLoggingConfiguration: logging.deleteLoggingConfiguration,
  GetLoggingConfiguration: logging.getLoggingConfiguration,
  ListLoggingConfigurations: logging.listLoggingConfigurations,
  UpdateLoggingConfiguration: logging.updateLoggingConfiguration,

  CreateChatToken: messaging.createChatToken,
  DeleteMessage: messaging.deleteMessage,
  DisconnectUser: messaging.disconnectUser,
  SendEvent: messaging.sendEvent,

  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
};
