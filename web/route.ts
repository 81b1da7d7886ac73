import { useEffect, useState } from "preact/hooks";

/** The channel that an address names: `/main-stage`. Undefined for the site's own address. */
export function channelOf(path: string): string | undefined {
  const [, name = ""] = path.split("/");
  try {
    return decodeURIComponent(name) || undefined;
  } catch {
    return undefined;
  }
}

export const addressOf = (channel: string): string => `/${encodeURIComponent(channel)}`;

/** The channel in the address bar, and a way to go to another one. */
export function useRoute(): [channel: string | undefined, go: (channel: string) => void] {
  const [channel, setChannel] = useState(() => channelOf(location.pathname));
  useEffect(() => {
    const follow = () => setChannel(channelOf(location.pathname));
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  const go = (name: string) => {
    history.pushState(undefined, "", addressOf(name));
    setChannel(name);
  };
  return [channel, go];
}
