import { CreateRoomCommand, type CreateRoomRequest, IvschatClient } from "@aws-sdk/client-ivschat";
import { onTestFinished } from "vitest";
import type { IvsChatOptions } from "#local/ivschat/options.ts";
import { createIvsChat } from "#local/ivschat/service.ts";
import { serveServices } from "../../support/service-server.ts";

/** An IVS Chat of one test's own, a client of it, and what most tests begin with. */
export const startChat = async (options: IvsChatOptions = {}) => {
  const service = createIvsChat({ settleMilliseconds: 0, ...options });
  const server = await serveServices(service);
  onTestFinished(() => server[Symbol.asyncDispose]());
  const chat = new IvschatClient(server.client());
  return {
    service,
    server,
    chat,
    createRoom: async (input: CreateRoomRequest = {}) => {
      const { $metadata: _, ...room } = await chat.send(new CreateRoomCommand(input));
      if (room.arn === undefined) throw new Error("no room");
      return { ...room, arn: room.arn };
    },
  };
};

/** What a refused call was refused with, without what only the SDK adds. */
export const refusalOf = async (call: Promise<unknown>) => {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata, resourceId, resourceType, limit, reason, fieldList } = error as Error &
      Record<string, unknown> & { $metadata: { httpStatusCode?: number } };
    const details = { resourceId, resourceType, limit, reason, fieldList };
    const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
    return { name, message, status: $metadata?.httpStatusCode, ...given };
  }
  throw new Error("the call was not refused");
};

export const reviewHandler = "arn:aws:lambda:eu-west-1:000000000000:function:review";
export const unknownRoom = "arn:aws:ivschat:eu-west-1:000000000000:room/NoSuchOne123";
