import { CreateChatTokenCommand, type IvschatClient } from "@aws-sdk/client-ivschat";
import { senderAttributes } from "#domain/chat/attributes.ts";
import type { ChatTokens } from "#domain/chat/tokens.ts";

export interface ChatTokensOptions {
  /** Where clients connect: a WebSocket address. */
  readonly endpoint: string;
  /** How long a connection may last, 1 to 180. */
  readonly sessionMinutes: number;
}

/** Tokens of IVS Chat. A call throws the service's error, for example ThrottlingException. */
export const createChatTokens = (
  client: IvschatClient,
  { endpoint, sessionMinutes }: ChatTokensOptions,
): ChatTokens => ({
  endpoint,
  async create({ roomArn, userId, capabilities, sender }) {
    const { token, tokenExpirationTime, sessionExpirationTime } = await client.send(
      new CreateChatTokenCommand({
        roomIdentifier: roomArn,
        userId,
        capabilities: [...capabilities],
        attributes: { ...senderAttributes(sender) },
        sessionDurationInMinutes: sessionMinutes,
      }),
    );
    if (!token || !tokenExpirationTime || !sessionExpirationTime) throw new Error("CreateChatToken gave no token");
    return {
      token,
      tokenExpirationTime: tokenExpirationTime.toISOString(),
      sessionExpirationTime: sessionExpirationTime.toISOString(),
    };
  },
});
