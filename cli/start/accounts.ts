import * as v from "valibot";

/** Where people sign up, and the API that serves them. */
export interface Accounts {
  /** A route's path is added to it. */
  readonly apiUrl: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
}

const outputs = v.object({ api_url: v.string(), user_pool_id: v.string(), user_pool_client_id: v.string() });

/**
 * What the platform stack's outputs say of accounts.
 *
 * @param endpoint of the local cloud
 */
export function accountsOf(stackOutputs: Readonly<Record<string, unknown>>, endpoint: string): Accounts {
  const { api_url, user_pool_id, user_pool_client_id } = v.parse(outputs, stackOutputs);
  return {
    apiUrl: reachable(api_url, endpoint),
    userPoolId: user_pool_id,
    userPoolClientId: user_pool_client_id,
  };
}

const localHost = /^([a-z0-9]+)\.execute-api\.localhost$/;

/** The same API at an address that any program can look up: by its path, not by a host of its own. */
function reachable(apiUrl: string, endpoint: string): string {
  const [, apiId] = localHost.exec(new URL(apiUrl).hostname) ?? [];
  return apiId === undefined ? apiUrl : new URL(`/_aws/execute-api/${apiId}/$default`, endpoint).href;
}
