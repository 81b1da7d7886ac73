import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const PARTS = [
  "main.ts",
  "cdktf.json",
  "backend.tf.json",
  "backend.prod.tf.json",
  "package.json",
  "tsconfig.json",
  "aws",
  "constructs",
  "domain",
  "handlers",
  "settings",
  "stacks",
];

/** One environment as cdktf.json has it, before any default. */
// biome-ignore lint/suspicious/noExplicitAny: tests write what the schema would refuse, too
export type WrittenSettings = Record<string, any>;

/** A copy of what is synthesized, in a temporary folder of its own, whose settings a test may change. */
export class ProjectCopy {
  readonly folder: string;

  constructor(name = "project-") {
    this.folder = mkdtempSync(join(tmpdir(), name));
    for (const part of PARTS) cpSync(join(ROOT, part), join(this.folder, part), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(this.folder, "node_modules"));
  }

  /** Starts from the project's own settings of dev and changes them. */
  change(edit: (settings: WrittenSettings) => void): this {
    const file = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8"));
    edit(file.context.environments.dev);
    writeFileSync(join(this.folder, "cdktf.json"), JSON.stringify(file));
    return this;
  }

  /** Adds an environment, with the settings of dev but for its region, and a state of its own. */
  add(name: string, { bucket, region }: { readonly bucket: string; readonly region: string }): this {
    const file = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8"));
    file.context.environments[name] = { ...file.context.environments.dev, region };
    writeFileSync(join(this.folder, "cdktf.json"), JSON.stringify(file));
    const backend = JSON.parse(readFileSync(join(ROOT, "backend.tf.json"), "utf8"));
    Object.assign(backend.terraform.backend.s3, { bucket, region });
    writeFileSync(join(this.folder, `backend.${name}.tf.json`), JSON.stringify(backend));
    return this;
  }

  /** `npm run synth` there. */
  synth(environment: Record<string, string> = {}) {
    return spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
