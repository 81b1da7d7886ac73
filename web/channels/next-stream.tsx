import { calendarAddress } from "../api/public.ts";
import type { Channel } from "../api/schema.ts";
import { momentText } from "../moment.ts";
import { announced } from "./next.ts";

/** When a channel is on air next, as its owner has announced it, and a way to have it in one's calendar. */
export function NextStream({ channel }: { readonly channel: Channel }) {
  const planned = announced(channel, Date.now());
  if (!planned) return null;
  return (
    <span class="next-stream">
      Next: <strong>{planned.title}</strong>, <time dateTime={planned.startsAt}>{momentText(planned.startsAt)}</time>{" "}
      <a href={calendarAddress(channel.name)} download>
        Add to calendar
      </a>
    </span>
  );
}
