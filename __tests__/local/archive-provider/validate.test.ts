import { describe, expect, test } from "vitest";
import { UNKNOWN } from "#local/archive-provider/dynamic-value.ts";
import { validateArchiveFile } from "#local/archive-provider/validate.ts";

const details = (config: Parameters<typeof validateArchiveFile>[0]): string[] =>
  validateArchiveFile(config).map(({ detail }) => detail);

describe("the attributes of archive_file", () => {
  test.each(["source_dir", "source_file", "source_content_filename"])("may be %s alone", (name) => {
    expect(details({ [name]: "x", source: [] })).toEqual([]);
  });

  test("may be source blocks alone", () => {
    expect(details({ source: [{ content: "a", filename: "b" }] })).toEqual([]);
  });

  test("must name a source", () => {
    expect(validateArchiveFile({ source_content: "x", source: [] })).toEqual([
      {
        severity: "error",
        summary: "Missing Attribute Configuration",
        detail:
          "At least one of these attributes must be configured: [source,source_content_filename,source_file,source_dir]",
      },
    ]);
  });

  test("must not name two sources", () => {
    expect(details({ source_dir: "a", source_file: "b" })).toEqual([
      'Attribute "source_file" cannot be specified when "source_dir" is specified',
      'Attribute "source_dir" cannot be specified when "source_file" is specified',
    ]);
  });

  test("take excludes only beside source_dir", () => {
    expect(details({ excludes: ["a"], source_dir: "a" })).toEqual([]);
    expect(details({ excludes: ["a"], source_file: "a" })).toEqual([
      'Attribute "source_file" cannot be specified when "excludes" is specified',
    ]);
  });

  test("are judged only when they are known", () => {
    expect(details({ source_dir: UNKNOWN, source_file: "b" })).toEqual([]);
    expect(details({ source_dir: UNKNOWN })).toEqual([]);
  });
});
