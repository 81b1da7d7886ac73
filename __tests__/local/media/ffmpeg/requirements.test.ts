import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

const path = join(import.meta.dirname, "..", "..", "..", "..", "local", "media", "ffmpeg", "requirements.txt");

it("pins ffmpeg's wheel to one version and the hashes of its files, and names no index", async () => {
  const requirements = (await readFile(path, "utf8")).replaceAll("\\\n", " ").replaceAll(/^\s*#.*\n/gm, "");
  expect(requirements).toMatch(/^imageio-ffmpeg==\d+\.\d+\.\d+\s+(--hash=sha256:[0-9a-f]{64}\s*)+$/);
});
