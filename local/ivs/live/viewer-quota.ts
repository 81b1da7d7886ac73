import { placeOf } from "../../service-model/arn.ts";
import { placeKey } from "../../service-model/state.ts";
import type { Announcer } from "./announce.ts";

/** A channel, and how many watch it now. */
export interface Audience {
  readonly channelArn: string;
  readonly viewers: number;
}

/**
 * Watches how many view all channels of an account and region together. A limit that is passed is told once, and again
 * only after it held in between; nobody is refused.
 */
export const createViewerQuota = (
  limit: number,
  announce: Pick<Announcer, "accountLimit">,
): ((audiences: readonly Audience[]) => void) => {
  const over = new Set<string>();
  return (audiences) => {
    const places = new Map<string, Audience>();
    for (const { channelArn, viewers } of audiences) {
      const place = placeKey(placeOf(channelArn));
      places.set(place, { channelArn, viewers: viewers + (places.get(place)?.viewers ?? 0) });
    }
    for (const [place, { channelArn, viewers }] of places) {
      if (viewers <= limit) over.delete(place);
      else if (!over.has(place)) {
        over.add(place);
        const breach = { limit_name: "Concurrent Viewers", limit_value: limit, exceeded_by: viewers - limit } as const;
        announce.accountLimit(channelArn, { ...breach, limit_unit: "count" });
      }
    }
  };
};
