import { type IvsClient, paginateListChannels } from "@aws-sdk/client-ivs";
import { type IvschatClient, paginateListRooms } from "@aws-sdk/client-ivschat";
import { nameFor, type Ownership, ownedOf } from "../accounts/ownership.ts";

/** ARNs of what carries a user's tag. A healthy account has one of each. */
export interface Owned {
  readonly channels: readonly string[];
  readonly rooms: readonly string[];
}

/** What IVS and IVS Chat have of a user, whatever the account's row says. */
export async function findOwned(
  { ivs, chat }: { readonly ivs: IvsClient; readonly chat: IvschatClient },
  ownership: Ownership,
  sub: string,
): Promise<Owned> {
  const name = nameFor(ownership, sub);
  const channels: string[] = [];
  for await (const page of paginateListChannels({ client: ivs, pageSize: 100 }, { filterByName: name })) {
    for (const owned of ownedOf(ownership.environment, page.channels)) if (owned.sub === sub) channels.push(owned.arn);
  }
  const rooms: string[] = [];
  for await (const page of paginateListRooms({ client: chat, pageSize: 50 }, { name })) {
    for (const owned of ownedOf(ownership.environment, page.rooms)) if (owned.sub === sub) rooms.push(owned.arn);
  }
  return { channels, rooms };
}
