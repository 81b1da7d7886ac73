import type { IvsClient } from "@aws-sdk/client-ivs";
import type { IvschatClient } from "@aws-sdk/client-ivschat";
import { listStreams } from "#aws/ivs/streams.ts";
import { createGuestToken } from "#aws/live-channels/guest-token.ts";
import { playableChannels } from "#aws/live-channels/playable-channels.ts";
import type { RunChannel } from "../start/run-file.ts";
import { guestName } from "./guest-name.ts";
import { kept } from "./kept.ts";
import { awsProblem, Problem } from "./problem.ts";

export interface PublicApiOptions {
  readonly ivs: IvsClient;
  readonly chat: IvschatClient;
  readonly channels: readonly Pick<RunChannel, "name" | "arn" | "roomArn">[];
  /** Where chat tokens are good for: a WebSocket address. */
  readonly chatUrl: string;
}

/** What anyone may ask about the channels. Each throws a {@link Problem} where it fails. */
export type PublicApi = ReturnType<typeof createPublicApi>;

/** However many pages are open, IVS is asked once a second: it takes five calls of a kind a second. */
const keptMilliseconds = 1000;

/** Answers the page's questions by asking AWS. */
export function createPublicApi({ ivs, chat, channels, chatUrl }: PublicApiOptions) {
  const arns = channels.map(({ arn }) => arn);
  const playable = kept(keptMilliseconds, () => called("ivs:BatchGetChannel", playableChannels(ivs, arns)));
  const onAir = kept(keptMilliseconds, () => called("ivs:ListStreams", listStreams(ivs)));

  const describeAll = async () => {
    const [places, streams] = await Promise.all([playable(), onAir()]);
    return channels.flatMap(({ name, arn, roomArn }) => {
      const place = places.find((each) => each.arn === arn);
      if (place === undefined) return [];
      const stream = streams.find((each) => each.channelArn === arn);
      const { isPrivate, playbackUrl } = place;
      // The service counts -1 while it does not know.
      const viewers = stream && stream.viewers >= 0 ? stream.viewers : undefined;
      const live = stream && { viewers, startedAt: stream.since.toISOString() };
      return [{ roomArn, playbackUrl, shown: { name, live: stream !== undefined, private: isPrivate, ...live } }];
    });
  };

  const describe = async (name: string) => {
    const found = (await describeAll()).find(({ shown }) => shown.name === name);
    if (found) return found;
    const names = channels.map((each) => each.name).join(", ");
    throw new Problem(
      404,
      "CHANNEL_UNKNOWN",
      "There is no such channel.",
      `There is no channel ${JSON.stringify(name)}; there are: ${names || "none"}.`,
    );
  };

  return {
    /** Every channel that exists, with what is on air. */
    listChannels: async () => ({ channels: (await describeAll()).map(({ shown }) => shown) }),

    /** One channel; where it plays only if everyone may. */
    getChannel: async (name: string) => {
      const { shown, playbackUrl } = await describe(name);
      return shown.private ? shown : { ...shown, playbackUrl };
    },

    /**
     * Lets a guest into a channel's chat.
     *
     * @param secret the guest's own; the same one makes the same guest
     */
    createChatToken: async (name: string, secret: string) => {
      const { shown, roomArn } = await describe(name);
      if (shown.private) {
        const detail = `The chat of ${name} is for those who may watch it, and guests may not.`;
        throw new Problem(403, "CHAT_PRIVATE", "This chat is private.", detail);
      }
      const userId = guestName(secret);
      const token = await called("ivschat:CreateChatToken", createGuestToken(chat, roomArn, userId));
      return { ...token, endpoint: chatUrl, userId };
    },
  };
}

async function called<Answer>(call: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw awsProblem(call, error);
  }
}
