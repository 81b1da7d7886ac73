import { useEffect, useState } from "preact/hooks";

/** What an address is of. */
export type Route =
  | { readonly page: "home" }
  | { readonly page: "channel"; readonly name: string }
  /** One's own channel. Nobody's channel has this name. */
  | { readonly page: "me" };

export const ownAddress = "/me";

/** What an address means: `/main-stage` is a channel's, `/` the site's own. */
export function routeOf(path: string): Route {
  const [, segment = ""] = path.split("/");
  if (path === ownAddress) return { page: "me" };
  const name = decode(segment);
  return name ? { page: "channel", name } : { page: "home" };
}

/** A name with a broken percent sign is the name of nothing. */
function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

export const addressOf = (channel: string): string => `/${encodeURIComponent(channel)}`;

/** Follows a link within the page, unless its user wants a tab or a window of its own. */
export function followHere(event: MouseEvent, follow: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  follow();
}

/** What the address bar says, and a way to go to another address. */
export function useRoute(): [route: Route, go: (address: string) => void] {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const follow = () => setPath(location.pathname);
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  const go = (address: string) => {
    history.pushState(undefined, "", address);
    setPath(location.pathname);
  };
  return [routeOf(path), go];
}
