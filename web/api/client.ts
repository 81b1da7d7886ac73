import * as v from "valibot";
import {
  type Channel,
  type ChannelDetails,
  type ChatToken,
  channelDetails,
  channelList,
  chatToken,
  problem,
} from "./schema.ts";

/** A call that failed; the message is fit for people. */
export class ApiError extends Error {
  /** 0 where there was no answer. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

const timeoutMilliseconds = 10_000;

/** The channels that this site has. @throws ApiError */
export const listChannels = async (): Promise<readonly Channel[]> => (await call(channelList, "channels")).channels;

/** One channel, and where it plays. @throws ApiError */
export const getChannel = (name: string): Promise<ChannelDetails> => call(channelDetails, pathOf(name));

/**
 * Leave to enter a channel's chat as a guest.
 *
 * @param guest a secret of this browser's; the server makes the guest's name of it, the same one each time
 * @throws ApiError
 */
export const createChatToken = (name: string, guest: string): Promise<ChatToken> =>
  call(chatToken, `${pathOf(name)}/chat-token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ guest }),
  });

const pathOf = (name: string) => `channels/${encodeURIComponent(name)}`;

async function call<Schema extends v.GenericSchema>(
  schema: Schema,
  path: string,
  init: RequestInit = {},
): Promise<v.InferOutput<Schema>> {
  const response = await send(`/api/public/${path}`, init);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const said = v.safeParse(problem, body);
    const message = said.success
      ? (said.output.detail ?? said.output.title)
      : `The server answered ${response.status}.`;
    throw new ApiError(response.status, message);
  }
  const parsed = v.safeParse(schema, body);
  if (!parsed.success)
    throw new ApiError(response.status, "The server's answer has not the form that this page knows.");
  return parsed.output;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMilliseconds) });
  } catch {
    throw new ApiError(0, "The server does not answer.");
  }
}
