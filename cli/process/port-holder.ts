import { spawnSync } from "node:child_process";
import { createServer } from "node:net";

/** Whether something on this machine holds the port on the loopback address. */
export function isPortBusy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "EADDRINUSE"));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(false)));
  });
}

export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

/** Who listens on a port, where `lsof` (macOS, many Linuxes) or `ss` (Linux) can tell; other users' processes stay unknown. */
export function findPortHolder(port: number): PortHolder | undefined {
  const options = { encoding: "utf8", timeout: 3000 } as const;
  const lsof = spawnSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], options);
  const ss = lsof.error ? spawnSync("ss", ["-Hltnp", `sport = :${port}`], options) : undefined;
  return parseLsof(lsof.stdout ?? "") ?? parseSs(ss?.stdout ?? "");
}

export function parseLsof(text: string): PortHolder | undefined {
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  const command = /^c(.+)$/m.exec(text)?.[1];
  return pid && command ? { pid: Number(pid), command } : undefined;
}

export function parseSs(text: string): PortHolder | undefined {
  const found = /users:\(\("([^"]+)",pid=(\d+)/.exec(text);
  return found ? { pid: Number(found[2]), command: found[1] ?? "" } : undefined;
}
