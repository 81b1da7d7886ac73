import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { liveProbes } from "#cli/doctor/probes/ask-live.ts";
import { costOf, nothingUsed } from "#cli/doctor/probes/cost.ts";
import { notProbed } from "#cli/doctor/probes/not-probed.ts";
import { probes } from "#cli/doctor/probes/probes.ts";
import { type ProbeReport, reportPage } from "#cli/doctor/probes/report.ts";
import { projectRoot } from "#cli/project.ts";

const page = join(projectRoot, "docs/reference/differences.md");
const [, unverified = ""] = readFileSync(page, "utf8").split("\n## Unverified facts\n");
const places = [...unverified.matchAll(/\]\(([^)#:]+)\) \|/g)].map(([, link = ""]) =>
  relative(projectRoot, join(dirname(page), link)),
);

const said = [...[...probes, ...liveProbes].map(({ place }) => place), ...Object.keys(notProbed)];

describe("the unverified facts", () => {
  it.each(places)("in %s are probed, or it is said why not", (place) => {
    expect(said).toContain(place);
  });

  it("are all that is probed, or is said not to be", () => {
    expect(said.filter((place) => !places.includes(place))).toEqual([]);
  });
});

describe("a report", () => {
  const report: ProbeReport = {
    run: "onair-doctor-202601021200-0a1b",
    date: "2026-01-02T12:00:00.000Z",
    region: "us-west-2",
    endpoint: null,
    cost: costOf({ ...nothingUsed(), messagesSent: 2, streamedHours: 1 / 300 }),
    removed: 4,
    results: [
      { place: "a.ts", fact: "A is a", agrees: true, seen: "a" },
      { place: "b.ts", fact: "B | b", agrees: false, seen: "c\nd" },
      { place: "c.ts", fact: "C is c", agrees: undefined, seen: "nothing" },
    ],
    provider: [{ place: "e.ts", fact: "a second plan finds nothing to do", agrees: true, seen: "nothing to do" }],
    notProbed: { "d.ts": "needs a stream" },
  };
  const text = reportPage(report);

  it("says when and where, what it cost, what was asked and not asked, and what Terraform did", () => {
    expect(text).toContain(
      "2026-01-02T12:00:00.000Z, AWS, us-west-2, as onair-doctor-202601021200-0a1b. It cost 0.0007 USD, without what has " +
        "no price below. 4 things were made and removed.",
    );
    expect(text).toContain("| A is a | a.ts | as written | a |\n| B \\| b | b.ts | OTHERWISE | c d |\n");
    expect(text).toContain("| C is c | c.ts | not told | nothing |");
    expect(text).toContain("| a second plan finds nothing to do | e.ts | as written | nothing to do |");
    expect(text).toContain("| hours of input to a BASIC channel | 0.00333 | 0.000667 |\n");
    expect(text).toContain("| chat messages sent | 2 | no price known |\n");
    expect(text).toContain("| calls of the review function | 2 | 0.000000 |\n");
    expect(text).toContain("| d.ts | needs a stream |");
  });

  it("names the run where something of it still stands", () => {
    expect(reportPage({ ...report, removed: null })).toContain(
      "Not all of it was removed: look for onair-doctor-202601021200-0a1b.",
    );
  });

  it("of another address than AWS's says so", () => {
    const local = reportPage({ ...report, endpoint: "http://127.0.0.1:4566" });
    expect(local).toContain("http://127.0.0.1:4566 (us-west-2), which is not AWS");
  });
});

describe("README.md", () => {
  const reports = join(projectRoot, "docs/reference/account-runs");
  const dates = existsSync(reports)
    ? readdirSync(reports).map((name) => {
        const [, date] = readFileSync(join(reports, name), "utf8").match(/^(\d{4}-\d\d-\d\d)T\S+, AWS, /m) ?? [];
        return date ?? `${name} is no report of a run on AWS`;
      })
    : [];

  it("says when an account was asked last, by the newest report that is kept, or never", () => {
    const [, last] = readFileSync(join(projectRoot, "README.md"), "utf8").match(/Last run on AWS: ([^.]+)\./) ?? [];
    expect(last).toBe(dates.sort().at(-1) ?? "never");
  });
});
