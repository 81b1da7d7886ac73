import { describe, expect, it } from "vitest";
import { readOptions } from "#local/options.ts";

describe("the options of the local cloud", () => {
  it("are these where none is given", () => {
    expect(readOptions(["--folder", "/clouds/one"], {})).toEqual({
      folder: "/clouds/one",
      port: undefined,
      readyFile: "/clouds/one/run.json",
      accountId: "000000000000",
      region: "us-east-1",
      awsProvider: undefined,
      insecureIngest: "where-allowed",
      rates: "service",
      terraform: "wanted",
    });
  });

  it("take the port from the environment where the command line says none", () => {
    expect(readOptions([], { ONAIR_PORT: "4666" }).port).toBe(4666);
    expect(readOptions(["--port", "0"], { ONAIR_PORT: "4666" }).port).toBe(0);
    expect(readOptions([], { ONAIR_PORT: "" }).port).toBeUndefined();
  });

  it.each([
    ["a port that is none", ["--port", "x"], 'A port is a number from 0 to 65535; got "x".'],
    [
      "a constraint that is none",
      ["--aws-provider", "latest"],
      '--aws-provider is a version constraint of Terraform; got "latest".',
    ],
    [
      "a way to take plain RTMP that is none",
      ["--insecure-ingest", "maybe"],
      '--insecure-ingest is where-allowed or everywhere; got "maybe".',
    ],
    ["rates that are none", ["--rates", "many"], '--rates is service or none; got "many".'],
    ["an account id that is none", ["--account", "1"], 'An account id has twelve digits; got "1".'],
  ])("refuse %s", (_, args, message) => {
    expect(() => readOptions(args, {})).toThrow(expect.objectContaining({ code: "USAGE", message }));
  });

  it("refuse what there is not, which is told with how to use it", () => {
    expect(() => readOptions(["--colour"], {})).toThrow(
      expect.objectContaining({ code: "ERR_PARSE_ARGS_UNKNOWN_OPTION" }),
    );
  });
});
