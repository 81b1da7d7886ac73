import { connect } from "node:net";

/** One connection over which one thing after another is fetched: much lighter than `fetch`, so that many fit a process. */
export interface HttpConnection {
  /** The body. Throws where the status is not 200, and when the connection is gone. */
  get(path: string): Promise<Buffer>;
  close(): void;
}

const HEAD_END = "\r\n\r\n";

/** Splits a whole response off what was received; undefined while there is more to come. */
export function splitResponse(received: Buffer): { readonly status: number; readonly body: Buffer } | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = received.toString("latin1", 0, headEnd);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length === undefined) throw new Error(`a response without a length: ${head}`);
  const begin = headEnd + HEAD_END.length;
  const end = begin + Number(length);
  if (received.length < end) return undefined;
  return { status: Number(head.split(" ", 2)[1]), body: received.subarray(begin, end) };
}

export function connectHttp({ hostname, port }: URL): HttpConnection {
  const socket = connect(Number(port), hostname).setNoDelay(true);
  let received: Buffer[] = [];
  let settle: { resolve(body: Buffer): void; reject(error: Error): void } | undefined;

  socket.on("data", (bytes: Buffer) => {
    received.push(bytes);
    const response = splitResponse(Buffer.concat(received));
    if (response === undefined) return;
    received = [];
    if (response.status === 200) settle?.resolve(response.body);
    else settle?.reject(new Error(`status ${response.status}: ${response.body}`));
  });
  socket.on("error", () => {});
  socket.on("close", () => settle?.reject(new Error("the connection is closed")));

  return {
    get: (path) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
      }),
    close: () => socket.destroy(),
  };
}
