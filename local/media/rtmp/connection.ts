import type { Socket } from "node:net";
import type { Limits } from "./limits.ts";
import { type Authorize, createSession } from "./session.ts";

export interface ConnectionOptions {
  readonly secure: boolean;
  readonly limits: Limits;
  readonly authorize: Authorize;
  readonly log: (line: string) => void;
}

/** An encoder's connection that is being served. */
export interface Connection {
  /** Tells the encoder that the server goes down, and closes. */
  shutDown(): void;
  /** Settles when the socket is gone and the publication has ended. */
  readonly closed: Promise<void>;
}

/**
 * Serves one encoder until its socket is gone. Reading waits for whoever takes the media, so that a fast encoder is held
 * back by TCP and not kept in memory. Nothing is thrown: what is wrong ends this connection alone.
 */
export const serveConnection = (socket: Socket, { secure, limits, authorize, log }: ConnectionOptions): Connection => {
  const remote = `${socket.remoteAddress}:${socket.remotePort}`;
  let publishing = false;
  let busy = false;
  let linger: NodeJS.Timeout | undefined;

  const session = createSession({
    secure,
    remote,
    limits,
    authorize,
    log,
    send: (bytes) => {
      if (socket.writable) socket.write(bytes);
      if (socket.writableLength > limits.unreadBytes) socket.destroy();
    },
    close: () => {
      // Reading goes on for a moment: to close with bytes unread would take our last words from the encoder.
      socket.end();
      linger = setTimeout(() => socket.destroy(), limits.lingerMilliseconds);
    },
    published: (now) => {
      publishing = now;
      deadline.refresh();
    },
  });

  const deadline = setTimeout(() => {
    if (!publishing) session.end("INGEST_IDLE", `nothing was published for ${limits.publishMilliseconds / 1000} s`);
  }, limits.publishMilliseconds);
  const idle = setTimeout(() => {
    if (busy) idle.refresh();
    else session.end("INGEST_IDLE", `nothing came for ${limits.idleMilliseconds / 1000} s`);
  }, limits.idleMilliseconds);

  const waitFor = async (receipt: Promise<void>): Promise<void> => {
    busy = true;
    socket.pause();
    await receipt;
    busy = false;
    idle.refresh();
    socket.resume();
  };
  let received: Promise<void> | undefined;
  // An async iterator would be shorter; its promises cost a tenth of what ten streams cost in all.
  socket.on("data", (bytes) => {
    idle.refresh();
    const receipt = session.receive(bytes);
    if (receipt) received = waitFor(receipt);
  });
  socket.on("end", () => socket.destroy());

  const serve = async (): Promise<void> => {
    await new Promise((resolve) => socket.once("close", resolve));
    clearTimeout(deadline);
    clearTimeout(idle);
    session.end("INGEST_LOST", "the encoder closed the connection without ending the stream");
    clearTimeout(linger);
    await received;
  };
  // An error also closes the socket; without a listener it would end the process.
  socket.on("error", () => undefined);
  socket.setNoDelay(true);

  return {
    shutDown: () => session.end("INGEST_CLOSED", "the server is going down"),
    closed: serve(),
  };
};
