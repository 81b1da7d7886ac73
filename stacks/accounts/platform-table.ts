import type { Construct } from "constructs";
import { Table } from "#constructs/data/table.ts";

/** What a channel shows of itself. */
const profile = [
  ...["sub", "nickname", "title", "description", "avatar", "access", "planned"],
  ...["channelArn", "roomArn", "addresses"],
  ...["streamId", "seenAt", "viewers"],
];

/**
 * The platform's one table: accounts with their profiles and live states, and all that hangs on them. Its rows and keys
 * are written down in aws/table/keys.ts. An index carries what its lists show, so that a list costs no read for each row.
 */
export class PlatformTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: { name: "pk" },
      sortKey: { name: "sk" },
      indexes: {
        unfinished: { partitionKey: { name: "unfinished" }, sortKey: { name: "pk" }, projection: ["sub"] },
        "live-newest": {
          partitionKey: { name: "live" },
          sortKey: { name: "stateAt", type: "N" },
          projection: [...profile, "name", "listed", "stateWrittenAt", "stateVersion"],
        },
        "live-watched": {
          partitionKey: { name: "live" },
          sortKey: { name: "watched", type: "N" },
          projection: [...profile, "name", "listed", "stateAt"],
        },
        listed: {
          partitionKey: { name: "listed" },
          sortKey: { name: "name" },
          projection: [...profile, "live", "stateAt"],
        },
      },
      timeToLiveAttribute: "expiresAt",
      stream: "NEW_IMAGE",
    });
  }
}
