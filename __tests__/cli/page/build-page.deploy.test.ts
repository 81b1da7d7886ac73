import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPage } from "#cli/page/build-page.ts";

const ROOT = join(import.meta.dirname, "../../..");
let root = "";

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "onair-build-"));
  cpSync(join(ROOT, "web"), join(root, "web"), { recursive: true });
  for (const file of ["package.json", "package-lock.json", "tsconfig.json"]) cpSync(join(ROOT, file), join(root, file));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const build = () => buildPage({ root, folder: join(root, ".onair"), output: join(root, "cdktf.out") });

test("builds the page once for the same sources, and again when one changes, leaving one page", async () => {
  mkdirSync(join(root, ".onair/web/half-made.123"), { recursive: true });
  const first = await build();
  expect(first.isNew).toBe(true);
  expect(readFileSync(join(first.folder, "index.html"), "utf8")).toContain('<script type="module"');
  expect(await build()).toEqual({ folder: first.folder, isNew: false });

  writeFileSync(join(root, "web/style/theme.css"), "\n/* changed */\n", { flag: "a" });
  const second = await build();
  expect(second.isNew).toBe(true);
  expect(existsSync(first.folder)).toBe(false);
  expect(readdirSync(join(root, ".onair/web"))).toHaveLength(1);
});

test("takes the players from their packages, whole, and names no other host", async () => {
  const { folder } = await build();
  const names = readdirSync(join(folder, "assets")).map((name) => name.replace(/-[\w-]{8}\./, "."));
  expect(names).toEqual(expect.arrayContaining(["amazon-ivs-wasmworker.min.js", "amazon-ivs-wasmworker.min.wasm"]));
  const page = readdirSync(join(folder, "assets")).filter((name) => /^index-.*\.(js|css)$/.test(name));
  const texts = [join(folder, "index.html"), ...page.map((name) => join(folder, "assets", name))];
  const hosts = texts.flatMap((file) => readFileSync(file, "utf8").match(/https?:\/\/[\w.-]+/g) ?? []);
  expect(hosts.filter((host) => host !== "http://www.w3.org")).toEqual([]);
});

test("loads first what a guest needs: no sign-in, nothing for owners and moderators, no player", async () => {
  const { folder } = await build();
  const index = readFileSync(join(folder, "index.html"), "utf8");
  const first = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => String(path));
  const names = first.map((path) => path.replace(/^assets\/(.+)-[\w-]{8}\./, "$1."));
  expect(names).toEqual(expect.arrayContaining(["index.js", "index.css"]));
  const sizes = first.map((path) => statSync(join(folder, path)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(90_000);
  const later = readdirSync(join(folder, "assets")).map((name) => name.replace(/-[\w-]{8}\./, "."));
  expect(later).toEqual(
    expect.arrayContaining(["my-channel.js", "sign-in-dialog.js", "moderation-dialog.js", "composer.js", "cognito.js"]),
  );
});

test("fails with the name of a file that cannot be built", async () => {
  writeFileSync(join(root, "web/route.ts"), "const = ;\n");
  await expect(build()).rejects.toThrow("route.ts");
  expect(readdirSync(join(root, ".onair/web")).length).toBeGreaterThan(0);
});
