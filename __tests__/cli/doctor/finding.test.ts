import type { STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { checkAccount } from "#cli/doctor/account.ts";
import { check, fail, ok, some, warn } from "#cli/doctor/finding.ts";
import { judgeMachine } from "#cli/doctor/machine.ts";
import { shownFindings } from "#cli/doctor/show.ts";
import { doctorVerb } from "#cli/doctor/verb.ts";
import { optionsOf } from "../onair/fixture/parsed-options.ts";

const machine = {
  ...{ platform: "linux", node: "20.20.0" },
  python: { path: "/usr/bin/python3", version: "3.11.2", venv: true },
  terraform: { path: "/usr/bin/terraform", version: "1.12.0" },
};

describe("a check", () => {
  it("that cannot be made is a finding, so that the others go on", async () => {
    const refused = Object.assign(new Error("not authorized\nmore"), { name: "AccessDenied" });
    expect(await check("alarms", () => Promise.reject(refused))).toEqual(
      fail("alarms", "AccessDenied: not authorized", "Allow the call, or see whether what it asks for is there."),
    );
  });

  it("names a few of many", () => {
    expect(some(["a", "b", "c"])).toBe("a, b, c");
    expect(some(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more");
  });
});

describe("the machine", () => {
  it("is well with the versions that npm start asks for", () => {
    expect(judgeMachine(machine)).toEqual([ok("versions", "Node 20.20.0, Python 3.11.2, Terraform 1.12.0")]);
  });

  it("fails by an old Terraform, and is warned of a Python that only the local cloud needs", () => {
    const [old] = judgeMachine({ ...machine, terraform: { path: "/usr/bin/terraform", version: "1.9.0" } });
    expect(old).toMatchObject({ state: "fail", seen: expect.stringContaining("Terraform >= 1.11 is needed") });
    expect(judgeMachine({ ...machine, python: {} })).toMatchObject([{ state: "warn" }]);
  });
});

describe("the account", () => {
  const sts = { send: async () => ({ Account: "111122223333" }) } as unknown as STSClient;

  it("is well where the environment allows it, and a warning where it allows any", async () => {
    const allows = (...allowedAccountIds: string[]) => checkAccount(sts, { name: "prod", allowedAccountIds }, false);
    expect(await allows("111122223333")).toEqual(ok("account", "111122223333, which prod allows"));
    expect(await allows()).toMatchObject({ state: "warn", seen: "111122223333; prod allows any" });
    expect(await allows("444455556666")).toMatchObject({
      ...{ state: "fail", seen: "111122223333, and prod allows 444455556666" },
    });
  });

  it("may be any on the laptop", async () => {
    expect(await checkAccount(sts, { name: "dev", allowedAccountIds: [] }, true)).toMatchObject({ state: "ok" });
  });
});

describe("onair doctor", () => {
  it("shows every finding, then what to do about those that are not ok", () => {
    const findings = [ok("locks", "no state is locked"), warn("alarms", "one is on", "Read its runbook.")];
    expect(shownFindings(findings)).toEqual([
      "      CHECK   SEEN",
      "ok    locks   no state is locked",
      "warn  alarms  one is on",
      "",
      "alarms: Read its runbook.",
    ]);
  });

  it("takes --json and a target", () => {
    expect(optionsOf(doctorVerb, ["--json", "--aws"])).toMatchObject({ json: true, aws: true, folder: ".onair" });
  });
});
