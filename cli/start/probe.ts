import { connect } from "node:net";

const probeTimeoutMilliseconds = 5000;

/** Where the local cloud tells the state of its parts. */
export function healthUrl(endpoint: string): string {
  return new URL("/_onair/health", endpoint).href;
}

/** Whether an address answers now: with success where it speaks HTTP, else by taking a connection. */
export async function answers(url: string): Promise<boolean> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol === "http:" || protocol === "https:") {
    const signal = AbortSignal.timeout(probeTimeoutMilliseconds);
    return fetch(url, { signal }).then(
      async (response) => {
        await response.body?.cancel();
        return response.ok;
      },
      () => false,
    );
  }
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: probeTimeoutMilliseconds });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}
