import { isPublicAddress } from "./public-address.ts";

export type WebhookUrlReading =
  | { readonly kind: "url" /** As it is kept and called. */; readonly url: string }
  /** `rule` says what an address must be. */
  | { readonly kind: "refused"; readonly rule: string };

export interface WebhookUrlOptions {
  /** Takes plain HTTP and private hosts too: for a laptop only. */
  readonly allowPrivate: boolean;
}

const mostCharacters = 500;

/** Names that never lead to the public internet (RFC 6761, 6762, 8375; `.internal` is set apart by ICANN). */
const privateName = /(?:^|\.)(?:localhost|local|internal|home\.arpa)$/;

const refused = (rule: string): WebhookUrlReading => ({ kind: "refused", rule });

/**
 * Reads where a user wants to be told: an https address of a public host. What a name leads to is known only when it is
 * called, and is checked again then.
 */
export function readWebhookUrl(text: string, { allowPrivate }: WebhookUrlOptions): WebhookUrlReading {
  if (text.length > mostCharacters) return refused(`must be at most ${mostCharacters} characters`);
  // The parser would take white space and control characters off without a word.
  if (/[\s\p{Cc}]/u.test(text)) return refused("must be without spaces and control characters");
  if (!URL.canParse(text)) return refused("must be an address such as https://example.com/onair");
  const url = new URL(text);
  const isWeb = url.protocol === "https:" || (allowPrivate && url.protocol === "http:");
  if (!isWeb) return refused("must begin with https://");
  if (url.username !== "" || url.password !== "") return refused("must be without a user name and a password");
  if (text.includes("#")) return refused("must be without a #");
  if (!allowPrivate && isPrivateHost(url.hostname)) return refused("must lead to a public host");
  if (url.href.length > mostCharacters) return refused(`must be at most ${mostCharacters} characters when encoded`);
  return { kind: "url", url: url.href };
}

/** `hostname` is as the URL parser writes it: every form of an IPv4 address is dotted decimal by then. */
function isPrivateHost(hostname: string): boolean {
  if (hostname.startsWith("[")) return !isPublicAddress(hostname.slice(1, -1));
  if (/^[\d.]+$/.test(hostname)) return !isPublicAddress(hostname);
  const name = hostname.replace(/\.+$/, "");
  return !name.includes(".") || privateName.test(name);
}
