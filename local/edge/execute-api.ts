/** A request's Host header and target, as they go on. */
export interface Address {
  readonly host: string;
  readonly target: string;
}

const BY_PATH = /^\/_aws\/execute-api\/([a-z0-9]+)\/([^/?]+)(\/[^?]*)?(\?.*)?$/i;

/**
 * An HTTP API is addressed by its host, `<api>.execute-api.localhost`, which most programs cannot look up. So it is
 * also at `/_aws/execute-api/<api>/<stage>/…` on 127.0.0.1, which becomes the host form here: what the function gets
 * is then the same either way. The stage `$default` has no segment of its own.
 */
export const toHostForm = (address: Address): Address => {
  const match = BY_PATH.exec(address.target);
  if (match === null) return address;
  const [, api, stage = "", path = "/", query = ""] = match;
  const port = /:\d+$/.exec(address.host)?.[0] ?? "";
  const isDefault = decodeURIComponent(stage) === "$default";
  return {
    host: `${api}.execute-api.localhost${port}`,
    target: `${isDefault ? "" : `/${stage}`}${path}${query}`,
  };
};
