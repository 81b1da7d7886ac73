const ORIGIN = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#@:]+)(:\d{1,5})?$/;

/**
 * Whether an allowed origin covers the Origin header of a request. The host of an allowed one may begin with `*`, which
 * stands for one character or more: `https://*.example.com` covers every name below example.com, not example.com.
 * Scheme and port have to be the same.
 */
export const coversOrigin = (allowed: string, origin: string): boolean => {
  const [pattern, asked] = [allowed.toLowerCase(), origin.toLowerCase()];
  if (pattern === "*" || pattern === asked) return true;
  const [, scheme, host, port] = ORIGIN.exec(pattern) ?? [];
  const [, askedScheme, askedHost = "", askedPort] = ORIGIN.exec(asked) ?? [];
  if (!host?.startsWith("*") || scheme !== askedScheme || port !== askedPort) return false;
  const ending = host.slice(1);
  return askedHost.length > ending.length && askedHost.endsWith(ending);
};

/** Which origins may play; {@link mayPlayFrom} says how. */
export interface OriginRule {
  /** Empty allows all. */
  readonly origins: readonly string[];
  /** Whether a request without an Origin header, as programs other than browsers send it, is refused. */
  readonly strict: boolean;
}

/** Whether a request with this Origin header, or with none, may play. */
export const mayPlayFrom = ({ origins, strict }: OriginRule, origin: string | undefined): boolean => {
  if (origin === undefined) return !strict;
  return origins.length === 0 || origins.some((allowed) => coversOrigin(allowed, origin));
};
