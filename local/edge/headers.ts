/** Headers between two neighbours, which a router must not pass on, and `Expect`, which it has answered itself. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

type RawHeaders = readonly string[];

const pairs = (raw: RawHeaders): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? "", raw[2 * index + 1] ?? ""]);

const named = (raw: RawHeaders, name: string): string | undefined =>
  pairs(raw).find(([found]) => found.toLowerCase() === name)?.[1];

/** Every end-to-end header, in its order and spelling. */
const endToEnd = (raw: RawHeaders): [string, string][] => {
  const dropped = new Set((named(raw, "connection") ?? "").split(",").map((name) => name.trim().toLowerCase()));
  return pairs(raw).filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && !dropped.has(name.toLowerCase()));
};

/** Clients may say that they came over plain HTTP; by default a call counts as made over TLS, as it would on AWS. */
const TRANSPORT = "x-onair-transport";

/** What goes on to ministack: the client's headers, our secret, and how the client came. */
export const requestHeaders = (raw: RawHeaders, host: string, secret: string): string[] => {
  const kept = endToEnd(raw).filter(([name]) => !/^(host$|x-onair-)/i.test(name));
  const transport = named(raw, TRANSPORT) === "http" ? "http" : "https";
  const chunked = named(raw, "transfer-encoding") === undefined ? [] : [["Transfer-Encoding", "chunked"]];
  return [["Host", host], ...kept, ...chunked, ["x-onair-secret", secret], [TRANSPORT, transport]].flat();
};

/** What goes back to the client. */
export const responseHeaders = (raw: RawHeaders): string[] => endToEnd(raw).flat();

export const transportOf = (headers: Readonly<Record<string, string>>): "http" | "https" =>
  headers[TRANSPORT] === "http" ? "http" : "https";
