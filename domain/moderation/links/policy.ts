import { canonicalHost, findHosts } from "./hosts.ts";

export type LinkPolicy =
  | { readonly policy: "allow" }
  | { readonly policy: "deny" }
  | { readonly policy: "allowedHosts"; readonly allowedHosts: readonly string[] };

/** Compiles the policy once; the answer tells whether a text has a link that it forbids. */
export function compileLinkPolicy(rule: LinkPolicy): (text: string) => boolean {
  if (rule.policy === "allow") return () => false;
  if (rule.policy === "deny") return (text) => findHosts(text).length > 0;
  const allowed = rule.allowedHosts.map(canonicalHost);
  const isAllowed = (host: string | undefined) =>
    host !== undefined && allowed.some((parent) => host === parent || host.endsWith(`.${parent}`));
  return (text) => !findHosts(text).map(canonicalHost).every(isAllowed);
}
