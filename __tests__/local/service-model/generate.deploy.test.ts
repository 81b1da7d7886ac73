import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runPython } from "../../support/test-python.ts";

const generated = join(import.meta.dirname, "../../../local/service-model/generated");

test("the generated models are those of the pinned botocore, byte for byte", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onair-models-"));
  try {
    await runPython("local/service-model/generate.py", [folder]);
    const names = readdirSync(generated);
    expect(readdirSync(folder)).toEqual(names);
    for (const name of names) {
      expect([name, readFileSync(join(folder, name), "utf8")]).toEqual([
        name,
        readFileSync(join(generated, name), "utf8"),
      ]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
