import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const LOCK = readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8");
const packages: Readonly<Record<string, Locked>> = JSON.parse(LOCK).packages;

describe("package-lock.json", () => {
  it("has a line for every platform's package, or npm ci refuses it", () => {
    const paths = Object.keys(packages);
    const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );
    expect(wanted.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
  });

  it("names no registry: that is the machine's choice", () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});
