import type { IncomingHttpHeaders } from "node:http";

/** What is between two neighbours on the way, and goes no further (RFC 9110, 7.6.1). */
const hopByHop = [
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer"],
  ...["transfer-encoding", "upgrade"],
];

/** The headers that go on to whoever is next: without those of this connection, and without the names given. */
export function onward(headers: IncomingHttpHeaders, without: readonly string[] = []): IncomingHttpHeaders {
  const ofThisConnection = (headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...ofThisConnection, ...without]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)));
}
