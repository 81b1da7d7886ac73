import { type LookupAddress, type LookupAllOptions, lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { isPublicAddress } from "#domain/webhooks/public-address.ts";

/** The host's name leads to an address that is not one of the public internet. */
export class PrivateAddressError extends Error {
  readonly code = "ERR_PRIVATE_ADDRESS";
}

class NoAddressError extends Error {
  readonly code = "ENOTFOUND";
}

/** Asks for all addresses of a name. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup for a connection that leads only to public addresses. The connection goes to the very answer that was
 * checked, so that a name whose answers change between two questions (DNS rebinding) gains nothing.
 *
 * @param resolve @default the system's
 */
export const checkedLookup =
  (resolve: Resolve = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || first === undefined) return callback(error ?? new NoAddressError(), "");
      // One private answer is enough: which one a connection takes would be chance.
      if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(new PrivateAddressError(), "");
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
