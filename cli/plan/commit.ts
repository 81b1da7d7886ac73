import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What a checkout is at, as git says it; empty outside of git. */
export interface Commit {
  /** 40 or 64 hexadecimal figures. */
  readonly commit?: string;
  /** Whether files differ from it. */
  readonly dirty?: boolean;
}

const run = promisify(execFile);

export async function readCommit(folder: string): Promise<Commit> {
  try {
    const git = async (...args: readonly string[]) => (await run("git", args, { cwd: folder })).stdout.trim();
    const [commit, changed] = await Promise.all([git("rev-parse", "HEAD"), git("status", "--porcelain")]);
    return { commit, dirty: changed !== "" };
  } catch {
    return {};
  }
}
