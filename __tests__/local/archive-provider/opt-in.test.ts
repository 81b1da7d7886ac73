import { describe, expect, test } from "vitest";
import { refusal } from "#local/archive-provider/opt-in.ts";

describe("the stand-in", () => {
  test("may work where ONAIR_ARCHIVE_STANDIN is allow", () => {
    expect(refusal({ ONAIR_ARCHIVE_STANDIN: "allow" })).toBeUndefined();
  });

  test.each([undefined, "", "1", "true", "ALLOW", "allow "])("refuses where it is %j", (value) => {
    expect(refusal({ ONAIR_ARCHIVE_STANDIN: value })).toMatchObject({
      severity: "error",
      summary: "Local stand-in for hashicorp/archive refused",
    });
  });
});
