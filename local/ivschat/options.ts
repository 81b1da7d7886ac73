import type { Rates } from "../service-model/rates.ts";
import { type ChatRooms, emptyRooms } from "./chat-rooms.ts";

/** How many of each an account may have in a region. */
interface IvsChatQuotas {
  /** @default 50000 (unverified) */
  readonly rooms: number;
  /** @default 10, documented */
  readonly loggingConfigurations: number;
}

/** What can be set about the IVS Chat control plane. */
export interface IvsChatOptions {
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
  /** How long a logging configuration is CREATING or UPDATING, in milliseconds. @default 500 */
  readonly settleMilliseconds?: number;
  readonly quotas?: Partial<IvsChatQuotas>;
  /** Calls per second by operation; the service's own are `ivsChatRates`. @default no limit */
  readonly rates?: Rates;
  /** The engine that holds the connections. @default nobody is connected */
  readonly chatRooms?: ChatRooms;
}

/** All options, with defaults where none were given. */
export type IvsChatSettings = Required<Omit<IvsChatOptions, "quotas" | "rates">> & { readonly quotas: IvsChatQuotas };

/** Fills in the defaults. */
export const withDefaults = (options: IvsChatOptions): IvsChatSettings => ({
  now: options.now ?? Date.now,
  settleMilliseconds: options.settleMilliseconds ?? 500,
  quotas: { rooms: 50_000, loggingConfigurations: 10, ...options.quotas },
  chatRooms: options.chatRooms ?? emptyRooms,
});
