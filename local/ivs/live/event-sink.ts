import { createFaultyLine, type EventFaults } from "./event-faults.ts";
import type { IvsEvent } from "./ivs-event.ts";

/** Publishes events onto the default event bus of their account and region. */
export interface EventSink {
  /** Takes an event; never throws. They go out in order, unless faults are set. */
  emit(event: IvsEvent): void;
  setFaults(faults: EventFaults): void;
  /** Resolves when everything that was taken has gone out. */
  flush(): Promise<void>;
}

/**
 * @param publish puts one event on the bus
 * @param report told, in a line, when events cannot be published, and when they can again
 */
export const createEventSink = (
  publish: (event: IvsEvent) => Promise<void>,
  report: (line: string) => void,
): EventSink => {
  let sending: Promise<void> = Promise.resolve();
  let failing = false;

  const send = async (event: IvsEvent): Promise<void> => {
    try {
      await publish(event);
      failing = false;
    } catch (error) {
      // As on the service, where they are best effort: whoever depends on one reads the state itself.
      if (!failing) report(`Events cannot be published (${event.detailType}): ${(error as Error).message}`);
      failing = true;
    }
  };
  const line = createFaultyLine<IvsEvent>((event) => {
    sending = sending.then(() => send(event));
  });

  return {
    emit: line.push,
    setFaults: line.setFaults,
    flush: async () => {
      line.flush();
      await sending;
    },
  };
};
