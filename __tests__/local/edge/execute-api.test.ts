import { describe, expect, it } from "vitest";
import { toHostForm } from "#local/edge/execute-api.ts";

const host = "127.0.0.1:4566";

describe("an API addressed by its path", () => {
  it.each([
    ["/_aws/execute-api/0a1b2c3d/$default/live/now?x=1", "/live/now?x=1"],
    ["/_aws/execute-api/0a1b2c3d/%24default/a%2Fb", "/a%2Fb"],
    ["/_aws/execute-api/0a1b2c3d/$default", "/"],
    ["/_aws/execute-api/0a1b2c3d/dev/live", "/dev/live"],
  ])("%s is asked for as %s of its own host", (target, expected) => {
    expect(toHostForm({ host, target })).toEqual({ host: "0a1b2c3d.execute-api.localhost:4566", target: expected });
  });

  it("leaves every other request as it is", () => {
    const address = { host, target: "/bucket/_aws/execute-api/0a1b2c3d/dev/x" };
    expect(toHostForm(address)).toBe(address);
  });
});
