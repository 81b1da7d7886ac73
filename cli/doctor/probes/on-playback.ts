import { CreateChannelCommand, GetChannelCommand } from "@aws-sdk/client-ivs";
import * as v from "valibot";
import type { Probe } from "./probe.ts";

const errors = v.tuple([v.object({ error: v.string(), error_code: v.string(), type: v.string() })]);

/** What a playback URL is answered with; the error's code where the body has the form that players read. */
async function answerOf(url: string | undefined): Promise<{ status: number; code: string | undefined; text: string }> {
  const response = await fetch(url ?? "", { signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), errors), text);
  const error = read.success ? read.output[0] : undefined;
  return { status: response.status, code: error?.error_code, text: error?.error ?? "a body of another form" };
}

const said = ({ status, code, text }: Awaited<ReturnType<typeof answerOf>>): string =>
  `${status} ${code ?? ""}: ${text}`;

/** What can be asked of playback without a stream. */
export const onPlayback: readonly Probe[] = [
  {
    place: "local/media/origin/serve.ts",
    fact: "a channel that is offline is answered with 404, channel_not_broadcasting, Can not find channel",
    run: async ({ ivs, name, tags }) => {
      const given = { name: `${name}-offline`, type: "BASIC" as const, tags: { ...tags } };
      const { channel } = await ivs.send(new CreateChannelCommand(given));
      const answer = await answerOf(channel?.playbackUrl);
      const { status, code, text } = answer;
      const agrees = status === 404 && code === "channel_not_broadcasting" && text === "Can not find channel";
      return { agrees, seen: said(answer) };
    },
  },
  {
    place: "local/media/origin/answers.ts",
    fact: "an error that is not about a token has the form of those that are",
    run: async ({ ivs, stack }) => {
      const { channel } = await ivs.send(new GetChannelCommand({ arn: stack.channelArn }));
      const answer = await answerOf(
        channel?.playbackUrl?.replace(/\.channel\.\w+\.m3u8/, ".channel.AAAAAAAAAAAA.m3u8"),
      );
      return { agrees: answer.status === 404 && answer.code !== undefined, seen: said(answer) };
    },
  },
  {
    place: "local/media/playback/refusal.ts",
    fact: "a private channel is refused with 403 and invalid_playback_auth_token, without a token and with a wrong one",
    run: async ({ ivs, stack }) => {
      const { channel } = await ivs.send(new GetChannelCommand({ arn: stack.channelArn }));
      const answers = [await answerOf(channel?.playbackUrl), await answerOf(`${channel?.playbackUrl}?token=wrong`)];
      const agrees = answers.every(({ status, code }) => status === 403 && code === "invalid_playback_auth_token");
      return { agrees, seen: answers.map(said).join("; ") };
    },
  },
];
