import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { notProbed } from "#cli/doctor/probes/not-probed.ts";
import { reportPage } from "#cli/doctor/probes/report.ts";
import { probes } from "#cli/doctor/probes/run.ts";
import { projectRoot } from "#cli/project.ts";

const page = join(projectRoot, "docs/reference/differences.md");
const [, unverified = ""] = readFileSync(page, "utf8").split("\n## Unverified facts\n");
const places = [...unverified.matchAll(/\]\(([^)#:]+)\) \|/g)].map(([, link = ""]) =>
  relative(projectRoot, join(dirname(page), link)),
);

describe("the unverified facts", () => {
  it.each(places)("in %s are probed, or it is said why not", (place) => {
    expect([...probes.map((probe) => probe.place), ...Object.keys(notProbed)]).toContain(place);
  });

  it("are all that is probed, or is said not to be", () => {
    const said = [...probes.map(({ place }) => place), ...Object.keys(notProbed)];
    expect(said.filter((place) => !places.includes(place))).toEqual([]);
  });
});

describe("a report", () => {
  const results = [
    { place: "a.ts", fact: "A is a", agrees: true, seen: "a" },
    { place: "b.ts", fact: "B | b", agrees: false, seen: "c\nd" },
    { place: "c.ts", fact: "C is c", agrees: undefined, seen: "nothing" },
  ];
  const report = { date: "2026-01-02T12:00:00.000Z", region: "us-west-2", endpoint: null, usd: 0, removed: 4, results };
  const text = reportPage({ ...report, notProbed: { "d.ts": "needs a stream" } });

  it("says when and where, what it cost, and what was asked and not asked", () => {
    expect(text).toContain(
      "2026-01-02T12:00:00.000Z, AWS, us-west-2. It cost 0.00 USD; 4 things were made and removed.",
    );
    expect(text).toContain("| A is a | a.ts | as written | a |\n| B \\| b | b.ts | OTHERWISE | c d |\n");
    expect(text).toContain("| C is c | c.ts | not told | nothing |");
    expect(text).toContain("| d.ts | needs a stream |");
  });

  it("of another address than AWS's says so", () => {
    const local = reportPage({ ...report, endpoint: "http://127.0.0.1:4566", notProbed: {} });
    expect(local).toContain("http://127.0.0.1:4566 (us-west-2), which is not AWS");
  });
});
