import { describe, expect, it } from "vitest";
import { parseSettings } from "#settings/read-settings.ts";

const minimal = { region: "eu-west-1", protect: false };
const read = (settings: object) =>
  parseSettings({ ...minimal, ...settings }, { file: "cdktf.json", path: "environments.dev" });

const inHouse = (channel: object) => read({ channels: [{ name: "stage", recorded: false, ...channel }] }).channels[0];
const ofUsers = (channel: object) => read({ accounts: { channel } }).accounts.channel;

describe.each([
  ["of the house", inHouse, "channels[0]"],
  ["of a user", ofUsers, "accounts.channel"],
])("a channel %s", (_whose, channel, path) => {
  it("takes one rendition, over TLS, when nothing else is said", () => {
    const said = channel({});
    expect(said).toMatchObject({ type: "STANDARD", latencyMode: "LOW", insecureIngest: false });
    expect(said).not.toHaveProperty("multitrack");
    expect(said).not.toHaveProperty("preset");
  });

  it("may take several renditions, up to 1080p, from encoders that can send them", () => {
    expect(channel({ multitrack: {} })?.multitrack).toEqual({ policy: "ALLOW", maximumResolution: "FULL_HD" });
  });

  it("may ask for several renditions, and a smaller best one", () => {
    const multitrack = { policy: "REQUIRE", maximumResolution: "HD" };
    expect(channel({ multitrack })?.multitrack).toEqual(multitrack);
  });

  it.each(["BASIC", "ADVANCED_SD", "ADVANCED_HD"])("takes no several renditions as %s", (type) => {
    expect(() => channel({ type, multitrack: {} })).toThrow(
      `${path}.multitrack: {"policy":"ALLOW","maximumResolution":"FULL_HD"} is for STANDARD channels, and type is ${type}`,
    );
  });

  it.each(["BASIC", "STANDARD"])("has no preset as %s", (type) => {
    const preset = "HIGHER_BANDWIDTH_DELIVERY";
    expect(() => channel({ type, preset })).toThrow(
      `${path}.preset: "${preset}" is for ADVANCED channels, and type is ${type}`,
    );
  });

  it.each(["ADVANCED_SD", "ADVANCED_HD"])("may have a preset as %s", (type) => {
    const preset = "CONSTRAINED_BANDWIDTH_DELIVERY";
    expect(channel({ type, preset })).toMatchObject({ type, preset });
  });

  it.each([
    [{ multitrack: true }, "multitrack: true is not an object"],
    [{ multitrack: { policy: "DENY" } }, 'multitrack.policy: "DENY" is not one of ALLOW, REQUIRE'],
    [{ multitrack: { maximumResolution: "4K" } }, 'multitrack.maximumResolution: "4K" is not one of SD, HD, FULL_HD'],
    [{ multitrack: { enabled: true } }, "multitrack.enabled: true is not a known setting"],
    [{ insecureIngest: "yes" }, 'insecureIngest: "yes" is not true or false'],
  ])("is refused with %j", (wrong, rule) => {
    expect(() => channel(wrong)).toThrow(`environments.dev.${path}.${rule}`);
  });
});
