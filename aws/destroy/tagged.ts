import { type IvsClient, paginateListChannels } from "@aws-sdk/client-ivs";
import { type IvschatClient, paginateListRooms } from "@aws-sdk/client-ivschat";
import { pacedPages } from "#domain/accounts/paced.ts";
import type { Pace } from "#domain/accounts/ports.ts";
import { askPages } from "../accounts/refusals.ts";

/** A channel or room that carries the environment's tag. */
export interface Tagged {
  readonly arn: string;
  readonly name: string;
  /** Made at run time, for a user: Terraform does not know it. */
  readonly isUsers: boolean;
}

interface Listed {
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

const taggedOf = (environment: string, listed: readonly Listed[] = []): Tagged[] =>
  listed.flatMap(({ arn = "", name = "", tags = {} }) =>
    tags["onair:environment"] === environment ? [{ arn, name, isUsers: tags["onair:user"] !== undefined }] : [],
  );

/** Every channel of the environment, the house's among them. */
export async function taggedChannels(ivs: IvsClient, pace: Pace, environment: string): Promise<Tagged[]> {
  const found: Tagged[] = [];
  const pages = askPages("ListChannels", paginateListChannels({ client: ivs, pageSize: 100 }, {}));
  for await (const { channels } of pacedPages("ListChannels", pages, pace))
    found.push(...taggedOf(environment, channels));
  return found;
}

/** Every room of the environment, the house's among them. */
export async function taggedRooms(chat: IvschatClient, pace: Pace, environment: string): Promise<Tagged[]> {
  const found: Tagged[] = [];
  const pages = askPages("ListRooms", paginateListRooms({ client: chat, pageSize: 50 }, {}));
  for await (const { rooms } of pacedPages("ListRooms", pages, pace)) found.push(...taggedOf(environment, rooms));
  return found;
}
