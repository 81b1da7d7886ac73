import type { LiveState } from "#domain/live-state/live-row.ts";
import type { Observation, ObservePorts } from "#domain/live-state/observe-streams.ts";
import type { Announcement } from "#domain/webhooks/announce.ts";
import { type Happening, happeningOfState } from "#domain/webhooks/happening.ts";
import type { log } from "../shared/log.ts";
import { messageOf } from "../shared/message-of.ts";

/** Of one or two streams, one user's bad line would be half. */
const FEWEST_TO_JUDGE = 3;

export interface Dependencies {
  readonly observe: (corrected: ObservePorts["corrected"]) => Promise<Observation>;
  readonly announce: (happening: Happening) => Promise<Announcement>;
  readonly log: typeof log;
}

/**
 * Makes the live state of all channels agree with what is on air. A failed walk has changed nothing, and is an error, so
 * that an alarm can see it; the next minute's walk does its work. Who calls it by hand gets what it found.
 */
export function makeHandler({ observe, announce, log: write }: Dependencies): () => Promise<Observation> {
  // The flags of other channels must not wait for a webhook.
  const corrected = async (channelArn: string, state: LiveState) => {
    const happening = happeningOfState(channelArn, state);
    if (happening === undefined) return;
    try {
      await announce(happening);
    } catch (error) {
      write("error", "correction not announced", { id: happening.id, error: messageOf(error) });
    }
  };
  return async () => {
    try {
      const observation = await observe(corrected);
      const { listed, starving, corrected: correctedStates } = observation;
      write(
        "info",
        "streams observed",
        { ...observation },
        {
          ObservePasses: 1,
          ConcurrentStreams: listed,
          StarvingStreams: listed < FEWEST_TO_JUDGE ? 0 : Math.round((100 * starving) / listed),
          CorrectedStates: correctedStates,
        },
      );
      return observation;
    } catch (error) {
      write("error", "streams not observed", { error: messageOf(error) });
      throw error;
    }
  };
}
