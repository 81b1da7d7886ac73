import type { ComponentChildren } from "preact";
import type { ChannelDetails } from "../api/schema.ts";
import { NextStream } from "../channels/next-stream.tsx";
import { momentText } from "../moment.ts";
import type { EngineName } from "./engines.ts";
import type { Playback } from "./use-playback.ts";

export interface NoticeProps {
  readonly channel: ChannelDetails;
  readonly playback: Playback;
  readonly engine: EngineName;
  /** Lets somebody sign in who must, to watch; undefined where nobody must. */
  readonly onSignIn: (() => void) | undefined;
}

/** Says, where the picture would be, why there is none. */
export function Notice({ channel, playback: { phase, refusal, again }, engine, onSignIn }: NoticeProps) {
  const name = channel.nickname || channel.name;
  if (onSignIn) {
    return (
      <Said
        title={channel.live ? "This channel is private" : `${name} is off air`}
        action={{ text: "Sign in to watch", onPress: onSignIn }}
      >
        {channel.live
          ? `${name} is live now, for people who are signed in and may watch.`
          : "This channel is private: it is for people who are signed in and may watch."}
        {!channel.live && <Times channel={channel} />}
      </Said>
    );
  }
  switch (phase) {
    case "off":
      return (
        <Said title={`${name} is off air`}>
          You are in the right place. The picture starts by itself when the stream does.
          <Times channel={channel} />
        </Said>
      );
    case "playing":
      return null;
    case "refused":
      return (
        <Said title={refusal?.title ?? ""} action={{ text: "Try again", onPress: again }}>
          {refusal?.text}
        </Said>
      );
    case "unsupported":
      return (
        <Said title="This browser cannot play it">
          It does not know {engine}'s kind of video. Try the other player.
        </Said>
      );
    case "retrying":
      return <Said title="The connection was lost">Trying again.</Said>;
    case "busy":
      return (
        <Said title="Many people want to watch right now">It is your turn in a moment; you need not do anything.</Said>
      );
    case "waiting":
      return <span class="spinner" role="status" aria-label="Loading the stream" />;
  }
}

/** When it was on air last, and when it will be. */
function Times({ channel }: { channel: ChannelDetails }) {
  const { lastEndedAt } = channel;
  return (
    <>
      <NextStream channel={channel} />
      {lastEndedAt && <span class="notice-time">Last on air: {momentText(lastEndedAt)}</span>}
    </>
  );
}

interface SaidProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** What can be done about it. @default nothing */
  readonly action?: { readonly text: string; readonly onPress: () => void };
}

function Said({ title, children, action }: SaidProps) {
  return (
    <div class="notice" role="status">
      <strong>{title}</strong>
      <p>{children}</p>
      {action && (
        <button type="button" class="notice-action" onClick={action.onPress}>
          {action.text}
        </button>
      )}
    </div>
  );
}
