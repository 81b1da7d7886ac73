import { describe, expect, it } from "vitest";
import { parseSettings } from "#settings/read-settings.ts";

const minimal = { region: "eu-west-1", protect: false };
const read = (settings: object) =>
  parseSettings({ ...minimal, ...settings }, { file: "cdktf.json", path: "environments.dev" });

describe("the settings of playback", () => {
  it("are tokens of five minutes, for whichever page asks, and strict", () => {
    expect(read({}).playback).toEqual({ tokenSeconds: 300, origins: [], strictOrigin: true });
  });

  it.each([90, 600])("take tokens of %i seconds", (tokenSeconds) => {
    expect(read({ playback: { tokenSeconds } }).playback.tokenSeconds).toBe(tokenSeconds);
  });

  it.each([
    ["tokenSeconds", 89, "tokenSeconds: 89 is not a whole number, 90 to 600 seconds"],
    ["tokenSeconds", 601, "tokenSeconds: 601 is not a whole number, 90 to 600 seconds"],
    ["tokenSeconds", 300.5, "tokenSeconds: 300.5 is not a whole number, 90 to 600 seconds"],
    ["tokenSeconds", "300", 'tokenSeconds: "300" is not a whole number, 90 to 600 seconds'],
    ["strictOrigin", "true", 'strictOrigin: "true" is not true or false'],
    ["origins", "https://live.example.com", 'origins: "https://live.example.com" is not a list'],
    ["origins", [""], 'origins[0]: "" is not an origin such as https://live.example.com'],
    ["origins", ["*"], 'origins[0]: "*" is not an origin'],
    ["origins", ["https://*.example.com"], 'origins[0]: "https://*.example.com" is not an origin'],
    ["origins", ["https://live.example.com/"], 'origins[0]: "https://live.example.com/" is not an origin'],
    ["origins", ["HTTPS://LIVE.EXAMPLE"], 'origins[0]: "HTTPS://LIVE.EXAMPLE" is not an origin'],
    ["origins", ["live.example.com"], 'origins[0]: "live.example.com" is not an origin'],
    ["tokenMinutes", 5, "tokenMinutes: 5 is not a known setting"],
  ])("refuse %s %j", (name, value, rule) => {
    expect(() => read({ playback: { [name]: value } })).toThrow(`environments.dev.playback.${rule}`);
  });

  it("take pages of this machine, and those of an address with a port", () => {
    const origins = ["http://127.0.0.1:8080", "https://live.example.com"];
    expect(read({ playback: { origins } }).playback.origins).toEqual(origins);
  });
});

describe("the audience of a house channel", () => {
  const channel = (more: object) =>
    read({ playbackKeys: [{ name: "a" }], channels: [{ name: "stage", recorded: false, ...more }] }).channels[0];

  it.each([{ kind: "signed-in" }, { kind: "group", group: "members" }])("may be %j", (audience) => {
    expect(channel({ access: "private", audience })).toMatchObject({ access: "private", audience });
  });

  it.each([
    [{ kind: "listed" }, "audience"],
    [{ kind: "group" }, "audience.group"],
    [{ kind: "group", group: "" }, "audience.group"],
    [{ kind: "group", group: "with a blank" }, "audience.group"],
    [{ kind: "signed-in", group: "members" }, "audience.group"],
    ["signed-in", "audience"],
  ])("is refused as %j", (audience, path) => {
    expect(() => channel({ access: "private", audience })).toThrow(`environments.dev.channels[0].${path}`);
  });

  it("is refused on a public channel, which everyone watches", () => {
    expect(() => channel({ audience: { kind: "signed-in" } })).toThrow(
      'channels[0].audience: {"kind":"signed-in"} is for private channels, and access is public',
    );
  });
});
