import { type Place, placeKey } from "../service-model/state.ts";

/** Where calls go, and as whom. */
export interface Emulator {
  /** Where ministack listens, and what opens its door. */
  readonly ministack: { readonly port: number; readonly secret: string };
  /** The secret of every account's root key, whose id is the account's. */
  readonly rootSecret: string;
  /** Called after each call, which may have changed what the emulator holds. */
  readonly onChange: () => void;
}

/** Runs right before a request leaves: what it adds to the headers is neither signed nor in any error. */
type LastMiddleware = <Call extends { readonly request: unknown }, Answer>(
  next: (call: Call) => Promise<Answer>,
) => (call: Call) => Promise<Answer>;

/** What an SDK client of any service has. */
interface SdkClient {
  readonly middlewareStack: {
    add(middleware: LastMiddleware, options: { readonly step: "deserialize"; readonly name: string }): void;
  };
  destroy(): void;
}

/** What every client is made with. */
interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** How one service is called. */
interface CallOptions {
  /** A call that takes longer, with its retries, is given up. */
  readonly timeoutMilliseconds: number;
  /** @default 2 */
  readonly maxAttempts?: number;
}

/** One client of a service for each account and region. */
export interface Connections<Client> {
  /** Makes a place's client, so that no call waits for it. */
  open(place: Place): Promise<void>;
  /** Calls the service in a place; throws what the SDK throws, whose `name` is the service's error code. */
  call<Answer>(
    place: Place,
    send: (client: Client, limits: { readonly abortSignal: AbortSignal }) => Promise<Answer>,
  ): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * Calls one service of the emulator, past the edge: a call that an edge call waits for would wait in its gate.
 * @param create makes an SDK client; called once for each place, when it is first needed
 */
export const connect = <Client extends SdkClient>(
  { ministack: { port, secret }, rootSecret, onChange }: Emulator,
  { timeoutMilliseconds, maxAttempts = 2 }: CallOptions,
  create: (settings: ClientSettings) => Promise<Client>,
): Connections<Client> => {
  const clients = new Map<string, Promise<Client>>();

  const withSecret: LastMiddleware = (next) => (call) => {
    const { headers } = call.request as { readonly headers: Record<string, string> };
    headers["x-onair-secret"] = secret;
    return next(call);
  };

  const make = async ({ accountId, region }: Place) => {
    const credentials = { accessKeyId: accountId, secretAccessKey: rootSecret };
    const client = await create({ endpoint: `http://127.0.0.1:${port}`, region, maxAttempts, credentials });
    client.middlewareStack.add(withSecret, { step: "deserialize", name: "onairSecret" });
    return client;
  };

  const clientIn = (place: Place): Promise<Client> => {
    const key = placeKey(place);
    const client = clients.get(key) ?? make(place);
    clients.set(key, client);
    return client;
  };

  return {
    open: async (place) => {
      await clientIn(place);
    },
    call: async (place, send) => {
      const client = await clientIn(place);
      try {
        return await send(client, { abortSignal: AbortSignal.timeout(timeoutMilliseconds) });
      } finally {
        onChange();
      }
    },
    close: async () => {
      for (const client of clients.values()) (await client).destroy();
      clients.clear();
    },
  };
};
