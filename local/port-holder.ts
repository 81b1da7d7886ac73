import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";

/** A process that listens on a port. */
export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

const LISTEN = "0A";

/** The socket inodes that listen on a port, from the text of `/proc/net/tcp` or `/proc/net/tcp6`. */
export const listeningInodes = (table: string, port: number): string[] => {
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  return table
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${wanted}`) && fields[3] === LISTEN)
    .map((fields) => fields[9] ?? "");
};

/** From the output of `lsof -Fpc`: `p<pid>` and `c<command>` lines. */
export const parseLsof = (text: string): PortHolder | undefined => {
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  const command = /^c(.+)$/m.exec(text)?.[1];
  return pid === undefined ? undefined : { pid: Number(pid), command: command ?? "unknown" };
};

const processWith = async (inodes: ReadonlySet<string>): Promise<PortHolder | undefined> => {
  const sockets = new Set([...inodes].map((inode) => `socket:[${inode}]`));
  for (const pid of (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry))) {
    for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "");
      if (!sockets.has(target)) continue;
      const command = (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "unknown")).trim();
      return { pid: Number(pid), command };
    }
  }
  return undefined;
};

const onLinux = async (port: number): Promise<PortHolder | undefined> => {
  const tables = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map((path) => readFile(path, "utf8").catch(() => "")),
  );
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)));
  return inodes.size === 0 ? undefined : processWith(inodes);
};

const byLsof = async (port: number): Promise<PortHolder | undefined> => {
  const run = promisify(execFile);
  const { stdout } = await run("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"]).catch(() => ({ stdout: "" }));
  return parseLsof(stdout);
};

/** Who listens on a port of this machine; undefined where that cannot be seen, for example another user's process. */
export const portHolder = (port: number): Promise<PortHolder | undefined> =>
  process.platform === "linux" ? onLinux(port) : byLsof(port);
