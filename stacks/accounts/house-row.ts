import { DynamodbTableItem } from "@cdktf/provider-aws/lib/dynamodb-table-item/index.js";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Memory } from "#constructs/core/memory.ts";
import type { Table } from "#constructs/data/table.ts";
import type { ChannelSettings } from "#settings/schema.ts";
import type { HouseChannel } from "../house-channel.ts";

export interface HouseRowsProps {
  readonly table: Table;
  readonly settings: ChannelSettings;
  readonly house: Pick<HouseChannel, "channel" | "room">;
}

/** Values as DynamoDB's own JSON writes them. */
const text = (value: string) => ({ S: value });
const texts = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)]));

/** An attribute as Terraform names it. */
const reference = ({ terraformResourceType, friendlyUniqueId }: TerraformResource, attribute: string) =>
  `${terraformResourceType}.${friendlyUniqueId}.${attribute}`;

/**
 * The rows of a channel of the house, as a user's complete account has them (aws/table/keys.ts), so that every list and
 * every live state covers both. What is written at run time, such as that the channel is live, is no drift; a row is
 * made anew only when the channel, its room, its access or its audience is another one.
 */
export class HouseRows extends Construct {
  constructor(scope: Construct, id: string, { table, settings, house }: HouseRowsProps) {
    super(scope, id);
    const { name, access, audience = { kind: "signed-in" } } = settings;
    const sub = `house:${name}`;
    const { channel, room } = house;
    const channelIs = reference(channel.resource, "arn");
    const roomIs = reference(room.resource, "arn");

    const row = (part: string, key: readonly [string, string], attributes: object, replaceTriggeredBy: string[]) =>
      new DynamodbTableItem(this, part, {
        tableName: table.tableName,
        hashKey: "pk",
        rangeKey: "sk",
        item: JSON.stringify({ ...texts({ pk: key[0], sk: key[1], sub }), ...attributes }),
        lifecycle: { ignoreChanges: ["item"], replaceTriggeredBy },
      });

    const profile = texts({ name, nickname: name, title: "", description: "", access });
    const made = {
      ...texts({ channelArn: channel.channelArn, roomArn: room.roomArn }),
      addresses: { M: texts({ ingestEndpoint: channel.ingestEndpoint, playbackUrl: channel.playbackUrl }) },
    };
    const isPrivate = access === "private";
    const watchers = isPrivate && [reference(new Memory(this, "audience", audience), "input")];
    const account = {
      ...profile,
      ...(isPrivate && { audience: { M: texts(audience) } }),
      ...made,
      ...texts({ stage: "complete", listed: "listed" }),
      version: { N: "0" },
    };
    row("account", [`USER#${sub}`, "ACCOUNT"], account, [
      channelIs,
      roomIs,
      reference(channel.resource, "authorized"),
      ...(watchers || []),
    ]);
    row("name", [`NAME#${name}`, "NAME"], {}, []);
    row("channel", [`CHANNEL#${channel.channelArn}`, "CHANNEL"], {}, [channelIs]);
    row("room", [`ROOM#${room.roomArn}`, "ROOM"], {}, [roomIs]);
  }
}
