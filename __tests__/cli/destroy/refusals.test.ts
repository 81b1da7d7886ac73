import { describe, expect, it } from "vitest";
import { type Inventory, inventoryLines, isEmpty } from "#cli/destroy/inventory.ts";
import { refuseFullBuckets, refuseOtherBucket, refuseProtected, refuseUnconfirmed } from "#cli/destroy/refusals.ts";

const nothing: Inventory = { live: [], channels: [], rooms: [], secrets: [], stacks: [], buckets: [] };
const again = "onair destroy";

const stackOf = (attributes: Readonly<Record<string, unknown>>): Inventory => ({
  ...nothing,
  stacks: [{ stack: "platform", resources: [{ address: "aws_thing.one", type: "aws_thing", attributes }] }],
});

describe("an environment that is to be kept", () => {
  it("is refused by its settings", () => {
    expect(() => refuseProtected("prod", true, nothing, again)).toThrow(
      expect.objectContaining({
        code: "ENVIRONMENT_PROTECTED",
        what: "Environment prod is protected by its settings.",
        why: "Nothing was removed.",
        cure: 'Set "protect": false in cdktf.json, deploy it, then: onair destroy',
      }),
    );
  });

  it.each([{ deletion_protection_enabled: true }, { deletion_protection: "ACTIVE" }])(
    "is refused as it was deployed, with %j",
    (attributes) => {
      expect(() => refuseProtected("dev", false, stackOf(attributes), again)).toThrow(
        expect.objectContaining({
          what: "Environment dev is protected as it was deployed.",
          why: "aws_thing.one\nNothing was removed.",
        }),
      );
    },
  );

  it("is none where neither says so", () => {
    expect(() => refuseProtected("dev", false, stackOf({ deletion_protection: "INACTIVE" }), again)).not.toThrow();
  });
});

describe("a bucket", () => {
  const bucket = (objects: number, mayBeEmptied: boolean): Inventory => ({
    ...nothing,
    buckets: [{ name: "recordings", objects, mayBeEmptied }],
  });

  it("is refused where it holds objects and may not be emptied", () => {
    expect(() => refuseFullBuckets(bucket(3, false), again)).toThrow(
      expect.objectContaining({
        code: "BUCKETS_FULL",
        what: "A bucket holds objects.",
        why: "recordings\nNothing was removed.",
      }),
    );
  });

  it("goes where it is empty, or may be emptied", () => {
    expect(() => refuseFullBuckets(bucket(0, false), again)).not.toThrow();
    expect(() => refuseFullBuckets(bucket(3, true), again)).not.toThrow();
  });
});

describe("who says what is to go", () => {
  it("says the environment's name", () => {
    expect(() => refuseUnconfirmed("dev", undefined)).toThrow(expect.objectContaining({ code: "NOT_CONFIRMED" }));
    expect(() => refuseUnconfirmed("dev", "de")).toThrow(expect.objectContaining({ code: "NOT_CONFIRMED" }));
    expect(() => refuseUnconfirmed("dev", "dev")).not.toThrow();
  });

  it("says the name of the bucket of states, or none", () => {
    expect(() => refuseOtherBucket("states", "state")).toThrow(expect.objectContaining({ code: "USAGE" }));
    expect(() => refuseOtherBucket("states", undefined)).not.toThrow();
    expect(() => refuseOtherBucket("states", "states")).not.toThrow();
  });
});

describe("the list of all that goes", () => {
  const ana = { arn: "arn:ana", name: "onair-dev-ana", isUsers: true };

  it("names each thing", () => {
    const inventory: Inventory = {
      ...stackOf({}),
      ...{ live: [ana], channels: [ana], secrets: ["onair-dev/playback-keys/own"] },
      buckets: [{ name: "recordings", objects: 1000, mayBeEmptied: true }],
    };
    expect(isEmpty(inventory)).toBe(false);
    expect(inventoryLines(inventory)).toEqual([
      "Live streams, to be ended: 1",
      "  onair-dev-ana (arn:ana)",
      "Users' channels: 1",
      "  onair-dev-ana (arn:ana)",
      "Users' rooms: 0",
      "Secrets of playback keys, to be brought back within 7 days: 1",
      "  onair-dev/playback-keys/own",
      "Stack platform: 1 resources",
      "  aws_thing.one",
      "Bucket recordings: 1000 or more objects",
      "All rows of the stacks' tables and all users of their pools go with them.",
    ]);
  });

  it("is empty where there is nothing", () => {
    expect(isEmpty({ ...nothing, stacks: [{ stack: "platform", resources: [] }] })).toBe(true);
  });
});
