import { type Refusal, refusal } from "./refusal.ts";
import type { RequestHead } from "./request-head.ts";

/** The names by which a program on this machine reaches us. A name that an attacker's DNS points here is none of them. */
const OWN_NAME = /^(127\.0\.0\.1|localhost|([a-z0-9_-]+\.)+localhost)$/;

export const isOwnHost = (host: string): boolean => OWN_NAME.test(host);

/** Whether an Origin header names a page of this machine. `null`, which a sandboxed page sends, does not. */
export const isOwnOrigin = (origin: string): boolean => {
  const match = /^https?:\/\/([^/:@?#]+)(:\d{1,5})?$/.exec(origin.toLowerCase());
  return match?.[1] !== undefined && isOwnHost(match[1]);
};

/** Refuses a request whose Host header is not this machine's: a web page whose name was pointed at 127.0.0.1. */
export const refuseForeignHost = ({ host, headers }: RequestHead): Refusal | undefined =>
  isOwnHost(host)
    ? undefined
    : refusal(
        403,
        "HOST_REFUSED",
        `The local cloud answers to 127.0.0.1, localhost and *.localhost only; this request names ${JSON.stringify(headers.host ?? "")}.`,
      );

/** Refuses a call that a web page of another site makes. */
export const refuseForeignPage = ({ headers }: RequestHead): Refusal | undefined => {
  const { origin } = headers;
  if (origin !== undefined && !isOwnOrigin(origin)) {
    return refusal(
      403,
      "ORIGIN_REFUSED",
      `A web page of ${JSON.stringify(origin)} may not call the local cloud's control plane.`,
    );
  }
  if (headers["sec-fetch-site"]?.toLowerCase() === "cross-site") {
    return refusal(
      403,
      "CROSS_SITE_REFUSED",
      "A web page of another site may not call the local cloud's control plane.",
    );
  }
  return undefined;
};

/** Refuses a control-plane call that nobody signed. */
export const refuseUnsigned = ({ signed, presigned }: RequestHead): Refusal | undefined =>
  signed === undefined && presigned === undefined
    ? refusal(
        403,
        "UNSIGNED_REFUSED",
        "This call carries no AWS Signature Version 4, and it is not one that AWS serves without. Use the credentials of .onair/cloud.env.",
        "MissingAuthenticationTokenException",
      )
    : undefined;
