import type { IncomingHttpHeaders } from "node:http";
import { Problem } from "./problem.ts";

/** The names by which a browser on this machine reaches us. A name that somebody's DNS points here is none of them. */
const ownName = /^(127\.0\.0\.1|localhost|([a-z0-9_-]+\.)+localhost)(:\d{1,5})?$/;

/**
 * Refuses who is not a page of this machine: a web site must not read what goes on here by a name of its own that leads to
 * 127.0.0.1, nor make a visitor's browser ask for a chat token.
 *
 * @throws Problem
 */
export function refuseStrangers(headers: IncomingHttpHeaders): void {
  const host = headers.host?.toLowerCase() ?? "";
  if (!ownName.test(host)) {
    throw new Problem(
      403,
      "HOST_REFUSED",
      "This page is for this machine only.",
      `It answers to 127.0.0.1, localhost and *.localhost; this request names ${JSON.stringify(host)}.`,
    );
  }
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) {
    throw new Problem(
      403,
      "ORIGIN_REFUSED",
      "Another site's page may not ask here.",
      `The request comes from ${JSON.stringify(origin)}.`,
    );
  }
}
