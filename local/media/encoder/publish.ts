import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { createClientSession } from "./client-session.ts";
import { EncoderFailure } from "./encoder-failure.ts";
import type { FlvTag } from "./flv-tags.ts";

export interface PublishOptions {
  /** `rtmp://` or `rtmps://`, host, port and application, without the stream key. */
  readonly url: string;
  readonly streamKey: string;
  /** In PEM: the only certificate authority that is believed. @default those of Node */
  readonly certificate?: string | undefined;
  /** Gives up while the server has not taken the stream; afterwards it has no meaning. */
  readonly signal?: AbortSignal | undefined;
}

/** A stream that a server takes. */
export interface Publishing {
  /** Sends one tag; waits while the server is slower than we are. @throws EncoderFailure once the connection is over */
  write(tag: FlvTag): Promise<void>;
  /** Settles when the connection is over, with the reason where it was not ended here. */
  readonly over: Promise<EncoderFailure | undefined>;
  /** Ends the stream in good order; never rejects. */
  end(): Promise<void>;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { "rtmp:": 1935, "rtmps:": 443 };
/** From the first packet to the accepted stream. */
const PUBLISH_MILLISECONDS = 15_000;
/** A server that takes nothing for so long is gone; Amazon IVS and our ingest wait as long for us. */
const STALLED_MILLISECONDS = 30_000;
/** For our last words. */
const LINGER_MILLISECONDS = 2_000;

const addressOf = (text: string) => {
  const { protocol, hostname, port, pathname } = new URL(text);
  const app = pathname.replace(/^\/+|\/+$/g, "");
  const place = { host: hostname, port: Number(port) || (DEFAULT_PORTS[protocol] ?? 0) };
  return { ...place, app, secure: protocol === "rtmps:", tcUrl: `${protocol}//${hostname}:${place.port}/${app}` };
};

/** A socket, and the event that says that it may be written to: for TLS, once the server has shown who it is. */
const open = (
  { host, port, secure }: ReturnType<typeof addressOf>,
  certificate: string | undefined,
): [Socket, string] => {
  if (!secure) return [connect({ host, port }), "connect"];
  const name = isIP(host) ? {} : { servername: host };
  return [connectTls({ host, port, ...name, ...(certificate && { ca: certificate }) }), "secureConnect"];
};

const asFailure = (error: unknown): EncoderFailure => {
  if (error instanceof EncoderFailure) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new EncoderFailure("lost", [code, message].filter(Boolean).join(": "), { cause: error });
};

/** Before it took the stream, to close without a word is a way to say no. */
const closedSilently = (isPublished: boolean): EncoderFailure =>
  isPublished
    ? new EncoderFailure("lost", "the server closed the connection")
    : new EncoderFailure(
        "refused",
        "the server closed the connection without a reason; some do for a wrong stream key",
      );

/**
 * Publishes a stream to an RTMP server as encoders do. TLS is always verified. Nothing is tried twice.
 *
 * @throws EncoderFailure refused or lost
 */
export const publish = async ({ url, streamKey, certificate, signal }: PublishOptions): Promise<Publishing> => {
  const address = addressOf(url);
  const [socket, readyEvent] = open(address, certificate);
  let failure: EncoderFailure | undefined;
  let isPublished = false;
  let isEnding = false;
  const fail = (error: unknown): void => {
    failure ??= asFailure(error);
    socket.destroy();
  };

  let onPublished = (): void => undefined;
  const published = new Promise<void>((resolve) => {
    onPublished = () => {
      isPublished = true;
      resolve();
    };
  });
  const { app, tcUrl } = address;
  const send = (bytes: Buffer): void => void socket.write(bytes);
  const session = createClientSession({ app, tcUrl, streamKey, send, published: () => onPublished() });

  const over = new Promise<EncoderFailure | undefined>((resolve) => {
    socket.once("close", () => resolve(isEnding ? undefined : (failure ?? closedSilently(isPublished))));
  });
  /** One listener for all writes: what each adds to `over`, or to the socket, would stay as long as the stream. */
  let goOn = (): void => undefined;
  for (const event of ["drain", "close"]) socket.on(event, () => goOn());
  socket.setNoDelay(true);
  socket.setTimeout(STALLED_MILLISECONDS, () => {
    fail(new EncoderFailure("lost", `nothing could be sent for ${STALLED_MILLISECONDS / 1000} s`));
  });
  socket.on("error", fail);
  socket.once(readyEvent, session.greet);
  socket.on("data", (bytes: Buffer) => {
    try {
      session.receive(bytes);
    } catch (error) {
      fail(error);
    }
  });

  const deadline = setTimeout(() => {
    const { host, port } = address;
    const seconds = PUBLISH_MILLISECONDS / 1000;
    fail(new EncoderFailure("lost", `${host}:${port} did not take the stream within ${seconds} s`));
  }, PUBLISH_MILLISECONDS);
  const giveUp = () => fail(new EncoderFailure("lost", "given up"));
  signal?.addEventListener("abort", giveUp);
  if (signal?.aborted) giveUp();
  const ended = await Promise.race([published, over]);
  clearTimeout(deadline);
  signal?.removeEventListener("abort", giveUp);
  if (ended !== undefined) throw ended;

  return {
    over,
    write: async (tag) => {
      if (socket.write(session.media(tag))) return;
      if (!socket.destroyed) {
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
      }
      if (!socket.destroyed) return;
      const ended = await over;
      if (ended !== undefined) throw ended;
    },
    end: async () => {
      isEnding = true;
      const linger = setTimeout(() => socket.destroy(), LINGER_MILLISECONDS);
      if (socket.writable) socket.end(session.goodbye());
      await over;
      clearTimeout(linger);
    },
  };
};
