import { describe, expect, it } from "vitest";
import { houseRowBlocks } from "#__tests__/aws/table/fixture/house.ts";

const blocks = houseRowBlocks("stage", "private");

describe("the rows of a house channel", () => {
  it("are an account that is complete, its name, its channel and its room", () => {
    expect(blocks.map(({ item }) => JSON.parse(String(item)))).toEqual([
      {
        pk: { S: "USER#house:stage" },
        sk: { S: "ACCOUNT" },
        sub: { S: "house:stage" },
        name: { S: "stage" },
        nickname: { S: "stage" },
        title: { S: "" },
        description: { S: "" },
        access: { S: "private" },
        audience: { M: { kind: { S: "signed-in" } } },
        channelArn: { S: "${aws_ivs_channel.channel.arn}" },
        roomArn: { S: "${aws_ivschat_room.room.arn}" },
        addresses: {
          M: {
            ingestEndpoint: { S: "${aws_ivs_channel.channel.ingest_endpoint}" },
            playbackUrl: { S: "${aws_ivs_channel.channel.playback_url}" },
          },
        },
        stage: { S: "complete" },
        listed: { S: "listed" },
        version: { N: "0" },
      },
      { pk: { S: "CHANNEL#${aws_ivs_channel.channel.arn}" }, sk: { S: "CHANNEL" }, sub: { S: "house:stage" } },
      { pk: { S: "NAME#stage" }, sk: { S: "NAME" }, sub: { S: "house:stage" } },
      { pk: { S: "ROOM#${aws_ivschat_room.room.arn}" }, sk: { S: "ROOM" }, sub: { S: "house:stage" } },
    ]);
  });

  it("take what is written at run time for no drift, and are made anew for another channel, room, access or audience", () => {
    expect(blocks.map(({ lifecycle }) => lifecycle)).toEqual([
      {
        ignore_changes: ["item"],
        replace_triggered_by: [
          "aws_ivs_channel.channel.arn",
          "aws_ivschat_room.room.arn",
          "aws_ivs_channel.channel.authorized",
          expect.stringMatching(/^terraform_data\..*audience.*\.input$/),
        ],
      },
      { ignore_changes: ["item"], replace_triggered_by: ["aws_ivs_channel.channel.arn"] },
      { ignore_changes: ["item"], replace_triggered_by: [] },
      { ignore_changes: ["item"], replace_triggered_by: ["aws_ivschat_room.room.arn"] },
    ]);
  });
});
