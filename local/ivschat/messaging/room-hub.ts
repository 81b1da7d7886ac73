import { type Bucket, createBucket } from "./bucket.ts";
import type { Connection } from "./connection.ts";
import type { RoomFrame } from "./frames.ts";
import type { Stamp } from "./send-time.ts";

/** Something for everyone in a room, and when it was received. */
export interface Delivery {
  readonly frame: RoomFrame;
  readonly stamp: Stamp;
}

/** Everyone who is connected to one room, and the order in which they get things. */
export interface RoomHub {
  readonly connections: ReadonlySet<Connection>;
  /** Counts the messages of all clients together. */
  readonly bucket: Bucket;
  join(connection: Connection): void;
  leave(connection: Connection): void;
  /**
   * Delivers to everyone what comes of the promise, after all that was handed in before; nothing where it is undefined.
   * The promise must not reject.
   */
  deliver(delivery: Promise<Delivery | undefined>): Promise<void>;
  /** Closes the connections of one user, or of all, with a WebSocket close code. */
  end(code: number, reason: string, userId?: string): void;
}

/**
 * An empty hub. Each frame is written once and sent to all in one go, so that every client sees the same order, which is
 * that in which requests were received: a message under review holds up those behind it, for as long as a review may take.
 * @param delivered told of each delivery, and how many connections it went to
 */
export const createRoomHub = (delivered: (delivery: Delivery, connections: number) => void): RoomHub => {
  const connections = new Set<Connection>();
  let last = Promise.resolve();

  const send = (delivery: Delivery | undefined) => {
    if (delivery === undefined) return;
    const text = Buffer.from(JSON.stringify(delivery.frame));
    for (const connection of connections) connection.send(text);
    delivered(delivery, connections.size);
  };

  return {
    connections,
    bucket: createBucket(),
    join: (connection) => connections.add(connection),
    leave: (connection) => connections.delete(connection),
    deliver: (delivery) => {
      const sent = last.then(async () => send(await delivery));
      last = sent.catch(() => {});
      return sent;
    },
    end: (code, reason, userId) => {
      for (const connection of connections) {
        if (userId === undefined || connection.claims.userId === userId) {
          connections.delete(connection);
          connection.end(code, reason);
        }
      }
    },
  };
};
