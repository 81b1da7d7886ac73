import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeWorkspace, type Workspace } from "./workspace.ts";

const WARNING = "Warning: Archives are built by a local stand-in for hashicorp/archive";

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  workspace.configure({});
  expect(await workspace.run(["init"])).toMatchObject({ code: 0 });
});
afterAll(() => workspace.remove());

const dataSources = (archives: object): object => ({ data: { archive_file: archives } });

/** Reads an archive with Python's zipfile: name -> [content, permission bits, year]. */
const unzip = (path: string): Record<string, [string, string, number]> =>
  JSON.parse(
    execFileSync(
      "python3",
      [
        "-c",
        "import json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n" +
          "print(json.dumps({i.filename:[z.read(i).decode(),oct(i.external_attr>>16),i.date_time[0]] for i in z.infolist()}))",
        join(workspace.folder, path),
      ],
      { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
    ),
  );

describe("Terraform with the stand-in", () => {
  const configuration = {
    ...dataSources({
      folder: {
        type: "zip",
        source_dir: "${path.module}/src",
        output_path: "${path.module}/out/folder.zip",
        output_file_mode: "0644",
        excludes: ["*.map", "node_modules/**"],
      },
      file: { type: "zip", source_file: "src/index.mjs", output_path: "out/file.zip" },
      content: {
        type: "zip",
        source_content: "grüße",
        source_content_filename: "größe.txt",
        output_path: "out/content.zip",
        output_file_mode: "0644",
      },
      blocks: {
        type: "zip",
        output_path: "out/blocks.zip",
        source: [
          { filename: "b.txt", content: "b" },
          { filename: "a/a.txt", content: "a" },
        ],
      },
      later: {
        type: "zip",
        source_content: "${terraform_data.later.id}",
        source_content_filename: "id",
        output_path: "out/later.zip",
      },
    }),
    resource: {
      terraform_data: { later: {} },
      archive_file: { kept: { type: "zip", source_dir: "src", output_path: "out/kept.zip", output_file_mode: "0644" } },
    },
    output: {
      size: { value: "${data.archive_file.folder.output_size}" },
      hashes: {
        value: [
          "${data.archive_file.folder.id}",
          "${data.archive_file.folder.output_md5}",
          "${data.archive_file.folder.output_sha}",
          "${data.archive_file.folder.output_sha256}",
          "${data.archive_file.folder.output_sha512}",
          "${data.archive_file.folder.output_base64sha256}",
          "${data.archive_file.folder.output_base64sha512}",
        ],
      },
    },
  };

  beforeAll(async () => {
    workspace.put({
      "src/index.mjs": "export default 1;\n",
      "src/index.map": "{}",
      "src/lib/deep.map": "{}",
      "src/node_modules/x/index.js": "x",
    });
    chmodSync(join(workspace.folder, "src/index.mjs"), 0o751);
    workspace.configure(configuration);
  });

  test("plans, with a warning, and defers what is not known yet", async () => {
    const plan = await workspace.run(["plan", "-out", "plan"]);
    expect(plan.code).toBe(0);
    expect(plan.text).toContain(WARNING);
    expect(plan.text).toContain("data.archive_file.later will be read during apply");
    expect(existsSync(join(workspace.folder, "out/folder.zip"))).toBe(true);
    expect(existsSync(join(workspace.folder, "out/later.zip"))).toBe(false);
    expect(existsSync(join(workspace.folder, "out/kept.zip"))).toBe(false);
  });

  test("applies, with a warning, and then has nothing left to do", async () => {
    const apply = await workspace.run(["apply", "-auto-approve"]);
    expect(apply.code).toBe(0);
    expect(apply.text).toContain(WARNING);
    expect(apply.text).toContain("2 added, 0 changed, 0 destroyed");
    const again = await workspace.run(["plan", "-detailed-exitcode"]);
    expect(again.code).toBe(0);
    expect(again.text).toContain("No changes.");
  });

  test("makes archives that another implementation reads", () => {
    const folder = {
      "index.mjs": ["export default 1;\n", "0o100644", 2049],
      "lib/deep.map": ["{}", "0o100644", 2049],
    };
    expect(unzip("out/folder.zip")).toEqual(folder);
    expect(unzip("out/kept.zip")).toMatchObject(folder);
    expect(unzip("out/file.zip")).toEqual({ "index.mjs": ["export default 1;\n", "0o100751", 2049] });
    expect(unzip("out/content.zip")).toEqual({ "größe.txt": ["grüße", "0o0", 1980] });
    expect(Object.keys(unzip("out/blocks.zip"))).toEqual(["a/a.txt", "b.txt"]);
    expect(execFileSync("unzip", ["-t", join(workspace.folder, "out/folder.zip")], { encoding: "utf8" })).toContain(
      "No errors detected",
    );
  });

  test("tells size and hashes of the file that it wrote", async () => {
    const zip = workspace.read("out/folder.zip");
    const hash = (name: string, encoding: "hex" | "base64"): string => createHash(name).update(zip).digest(encoding);
    const { text } = await workspace.run(["output", "-json"]);
    const outputs = JSON.parse(text) as Record<string, { value: unknown }>;
    expect(outputs.size?.value).toBe(zip.length);
    expect(outputs.hashes?.value).toEqual([
      hash("sha1", "hex"),
      hash("md5", "hex"),
      hash("sha1", "hex"),
      hash("sha256", "hex"),
      hash("sha512", "hex"),
      hash("sha256", "base64"),
      hash("sha512", "base64"),
    ]);
  });

  test("gives the same bytes whatever the times, the umask, the time zone and the language", async () => {
    const before = workspace.read("out/folder.zip");
    utimesSync(join(workspace.folder, "src/index.mjs"), 1, 1);
    chmodSync(join(workspace.folder, "src/index.mjs"), 0o600);
    rmSync(join(workspace.folder, "out"), { recursive: true });
    const environment = { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8" };
    expect(await workspace.run(["plan"], environment)).toMatchObject({ code: 0 });
    expect(workspace.read("out/folder.zip")).toEqual(before);
  });

  test("replaces the resource when one of its attributes changes", async () => {
    const { resource, ...rest } = configuration;
    const kept = { ...resource.archive_file.kept, excludes: ["lib"] };
    workspace.configure({ ...rest, resource: { ...resource, archive_file: { kept } } });
    const apply = await workspace.run(["apply", "-auto-approve"]);
    expect(apply.text).toContain("archive_file.kept must be replaced");
    expect(apply.text).toContain("1 added, 0 changed, 1 destroyed");
    expect(Object.keys(unzip("out/kept.zip"))).not.toContain("lib/deep.map");
  });

  test("destroys", async () => {
    const destroy = await workspace.run(["destroy", "-auto-approve"]);
    expect(destroy).toMatchObject({ code: 0 });
    expect(destroy.text).toContain("Destroy complete!");
  });

  test("carries 8 MB of content in one message", async () => {
    workspace.put({ large: "0123456789abcdef".repeat(512 * 1024) });
    const large = { type: "zip", source_content: '${file("large")}', source_content_filename: "large" };
    workspace.configure(dataSources({ large: { ...large, output_path: "out/large.zip" } }));
    expect(await workspace.run(["plan"])).toMatchObject({ code: 0 });
    expect(unzip("out/large.zip").large?.[0]).toHaveLength(8 * 1024 * 1024);
  });
});

describe("what the stand-in refuses", () => {
  const reads: Readonly<Record<string, readonly [archive: object, message: string]>> = {
    "a missing folder": [
      { source_dir: "missing" },
      "error creating archive: error archiving directory: could not archive missing directory: missing",
    ],
    "a missing file": [
      { source_file: "missing" },
      "error creating archive: error archiving file: could not archive missing file: missing",
    ],
    "a file given as a folder": [{ source_dir: "a-file" }, "could not archive directory that is a file: a-file"],
    "a folder given as a file": [{ source_file: "a-folder" }, "could not archive what is no file: a-folder"],
    "an archive without files": [
      { source_dir: "a-folder", excludes: ["**"] },
      "archive has not been created as it would be empty",
    ],
    "an unknown type": [{ type: "rar", source_file: "a-file" }, "archive type not supported: rar"],
    "tar.gz": [
      { type: "tar.gz", source_file: "a-file" },
      'archive type "tar.gz" is not supported by the local stand-in, only "zip"',
    ],
    "a file mode that is none": [
      { source_file: "a-file", output_file_mode: "rw-r--r--" },
      "error parsing output_file_mode value: rw-r--r--",
    ],
    "a malformed exclude": [
      { source_dir: "a-folder", excludes: ["[a"] },
      "error checking excludes matches: syntax error in pattern",
    ],
    "an output path below a file": [{ source_file: "a-file", output_path: "a-file/x.zip" }, "Error: Output path error"],
  };
  const combinations: Readonly<Record<string, readonly [archive: object, message: string]>> = {
    "two sources": [
      { source_file: "a-file", source_dir: "a-folder" },
      'Attribute "source_dir" cannot be specified when "source_file" is specified',
    ],
    "no source": [{}, "At least one of these attributes must be configured"],
  };

  /** Plans all of the archives at once: Terraform reports every error of a plan. */
  const planAll = async (cases: typeof reads): Promise<string> => {
    const archives = Object.entries(cases).map(([name, [archive]]) => [
      name.replaceAll(/\W/g, "_"),
      { type: "zip", output_path: "out/refused.zip", ...archive },
    ]);
    workspace.configure(dataSources(Object.fromEntries(archives)));
    const plan = await workspace.run(["plan"]);
    expect(plan.code).toBe(1);
    return plan.text;
  };

  beforeAll(() => workspace.put({ "a-file": "", "a-folder/a": "" }));

  test.each([
    ["when it reads", reads],
    ["before it reads", combinations],
  ])("is named in the real provider's words, %s", async (_when, cases) => {
    const text = await planAll(cases);
    for (const [, message] of Object.values(cases)) expect(text).toContain(message);
    expect(existsSync(join(workspace.folder, "out/refused.zip"))).toBe(false);
  });

  test("is all work where the environment does not allow it, but not to validate", async () => {
    workspace.configure(
      dataSources({ refused: { type: "zip", source_file: "a-file", output_path: "out/refused.zip" } }),
    );
    const plan = await workspace.run(["plan"], { ONAIR_ARCHIVE_STANDIN: undefined });
    expect(plan.code).toBe(1);
    expect(plan.text).toContain("Error: Local stand-in for hashicorp/archive refused");
    expect(plan.text).toContain(
      'This is Onair\'s stand-in for the local cloud, not hashicorp/archive, and ONAIR_ARCHIVE_STANDIN is not "allow".',
    );
    expect(existsSync(join(workspace.folder, "out/refused.zip"))).toBe(false);
    expect((await workspace.run(["validate"], { ONAIR_ARCHIVE_STANDIN: undefined })).code).toBe(0);
  });
});
