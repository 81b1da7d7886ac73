import type { Shapes } from "../../service-model/generated/ivs.types.ts";
import type { Announcer, Subject } from "./announce.ts";
import type { Broadcast, Observer } from "./broadcast.ts";
import { healthOf, ingestBreaches } from "./health.ts";

export interface HealthWatchOptions {
  readonly announce: Pick<Announcer, "health" | "limit">;
  readonly channelType: () => Shapes["ChannelType"];
}

/** Looks at what comes in: notes the health in the broadcast, and tells what begins and ends, each once. */
export const createHealthWatch =
  ({ announce, channelType }: HealthWatchOptions) =>
  (subject: Subject, broadcast: Broadcast, observer: Observer): void => {
    const measured = observer.measure();
    const health = healthOf(measured);
    if (health === "STARVING" && broadcast.health !== "STARVING") announce.health(subject, "Starvation Start");
    if (health === "HEALTHY" && broadcast.health === "STARVING") announce.health(subject, "Starvation End");
    broadcast.health = health;
    const breaches = ingestBreaches(channelType(), measured, observer.video);
    for (const breach of breaches) if (!broadcast.breached.has(breach.limit_name)) announce.limit(subject, breach);
    broadcast.breached.clear();
    for (const { limit_name } of breaches) broadcast.breached.add(limit_name);
  };
