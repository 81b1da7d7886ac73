import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** An address of a cloud at which one operation is never answered, so that whoever calls it can be met in the middle. */
export interface HeldCall extends AsyncDisposable {
  readonly endpoint: string;
  /** Settles when somebody waits for the answer. */
  readonly reached: Promise<void>;
}

export interface HoldOptions {
  /** Whether the cloud does what is asked for before nobody answers. */
  readonly done: boolean;
}

/** @param path of the operation, for example `/CreateChannel` */
export async function holdCall(cloud: string, path: string, { done }: HoldOptions): Promise<HeldCall> {
  const { hostname, port } = new URL(cloud);
  let tell = () => {};
  const reached = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const pass = async ({ method, url, headers }: IncomingMessage, body: Buffer) => {
    const outgoing = request({ hostname, port, method, path: url, headers });
    outgoing.end(body);
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    return { status: answer.statusCode ?? 502, headers: answer.headers, body: await buffer(answer) };
  };
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await buffer(incoming);
    const isHeld = incoming.url === path;
    if (isHeld && !done) return tell();
    const answer = await pass(incoming, body);
    if (isHeld) return tell();
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  };
  // Who calls may be killed meanwhile.
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing).catch(() => outgoing.destroy()));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reached,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
