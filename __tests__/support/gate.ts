import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ITerraformDependable, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** Where an apply waits until a test lets it go on. */
export class Gate {
  readonly #reached: string;
  readonly #opened: string;

  /** @param folder where it may leave two files */
  constructor(folder: string) {
    this.#reached = join(folder, "gate-reached");
    this.#opened = join(folder, "gate-opened");
  }

  /** The gate as a resource: what it depends on is made before an apply waits, what depends on it is made after. */
  resource(scope: Construct, after: readonly ITerraformDependable[]): TerraformResource {
    const wait = `touch '${this.#reached}'; until [ -e '${this.#opened}' ]; do sleep 0.1; done`;
    return new TerraformResource(scope, "gate", {
      terraformResourceType: "terraform_data",
      dependsOn: [...after],
      provisioners: [{ type: "local-exec", command: wait }],
    });
  }

  /** Resolves when an apply waits here. */
  async reached(): Promise<void> {
    while (!existsSync(this.#reached)) await sleep(50);
    rmSync(this.#reached);
  }

  open(): void {
    writeFileSync(this.#opened, "");
  }
}
