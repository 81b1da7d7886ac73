import type { ComponentChildren } from "preact";
import type { ChannelDetails } from "../api/schema.ts";
import { NextStream } from "../channels/next-stream.tsx";
import { momentText } from "../moment.ts";
import type { EngineName } from "./engines.ts";
import type { Phase } from "./use-playback.ts";

export interface NoticeProps {
  readonly channel: ChannelDetails;
  readonly phase: Phase;
  readonly engine: EngineName;
}

/** Says, where the picture would be, why there is none. */
export function Notice({ channel, phase, engine }: NoticeProps) {
  if (channel.access === "private") {
    return (
      <Said title="This channel is private">
        Watching it needs a token for each viewer, and this page cannot ask for one yet.
      </Said>
    );
  }
  switch (phase) {
    case "off":
      return (
        <Said title={`${channel.nickname || channel.name} is off air`}>
          You are in the right place. The picture starts by itself when the stream does.
          <Times channel={channel} />
        </Said>
      );
    case "playing":
      return null;
    case "refused":
      return <Said title="You may not watch this stream">The server refused it. Ask whoever runs this channel.</Said>;
    case "unsupported":
      return (
        <Said title="This browser cannot play it">
          It does not know {engine}'s kind of video. Try the other player.
        </Said>
      );
    case "retrying":
      return <Said title="The connection was lost">Trying again.</Said>;
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

function Said({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="notice" role="status">
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  );
}
