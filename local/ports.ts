import { CloudFailure } from "./failure.ts";
import { portHolder } from "./port-holder.ts";

/** Each cloud on a machine takes a block of ports; its edge listens on the first. */
const FIRST_PORT = 4566;
const BLOCK_PORTS = 10;
const BLOCKS = 20;
const PROBE_MILLISECONDS = 1000;

/** What a running cloud says of itself at `/_onair/health`, as far as others need it. */
export interface RunningCloud {
  readonly onair: true;
  readonly pid: number;
}

/** Asks whoever listens there whether it is a local cloud of ours. */
export const cloudAt = async (port: number): Promise<RunningCloud | undefined> => {
  try {
    const signal = AbortSignal.timeout(PROBE_MILLISECONDS);
    const answer = (await (await fetch(`http://127.0.0.1:${port}/_onair/health`, { signal })).json()) as RunningCloud;
    return answer.onair === true ? answer : undefined;
  } catch {
    return undefined;
  }
};

/** @param other an edge port to choose instead */
const busy = async (port: number, other = port + 100): Promise<CloudFailure> => {
  const holder = await portHolder(port);
  const who = holder === undefined ? "a process of another user" : `${holder.command} (process ${holder.pid})`;
  return new CloudFailure(
    "PORT_BUSY",
    `Port ${port} is used by ${who}. Stop it, or choose another: ONAIR_PORT=${other}. Nothing was started.`,
  );
};

const isInUse = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "EADDRINUSE";

/**
 * Listens on the first port of a free block. Another cloud of ours on the machine is passed by; any other program is not.
 * @param wanted the port that the user chose, 0 for any free one, undefined for the usual blocks
 * @param ask finds out whether a cloud of ours has a port
 * @throws CloudFailure PORT_BUSY, which names the process
 */
export const listenOnBlock = async <Listener>(
  wanted: number | undefined,
  listen: (port: number) => Promise<Listener>,
  report: (line: string) => void,
  ask: (port: number) => Promise<RunningCloud | undefined> = cloudAt,
): Promise<Listener> => {
  for (let block = 0; ; block += 1) {
    const port = wanted ?? FIRST_PORT + block * BLOCK_PORTS;
    try {
      return await listen(port);
    } catch (error) {
      if (!isInUse(error)) throw error;
    }
    const neighbour = wanted === undefined && block < BLOCKS ? await ask(port) : undefined;
    if (neighbour === undefined) throw await busy(port);
    report(
      `Port ${port} belongs to another local cloud (process ${neighbour.pid}); trying ${port + BLOCK_PORTS}, the next block.`,
    );
  }
};

/** Where encoders send to on the first block; other blocks keep the distance between the edge's ports. */
const FIRST_INGEST_PORT = 1935;

/** The port for RTMP that goes with an edge's; RTMPS has the next one. Any free ones go with a free edge port. */
export const ingestPortFor = (edgePort: number, wanted: number | undefined): number => {
  if (wanted === 0) return 0;
  const port = edgePort - FIRST_PORT + FIRST_INGEST_PORT;
  return port > 1023 && port < 65_535 ? port : 0;
};

/**
 * Listens for encoders on a port and, for RTMPS, the next one.
 * @throws CloudFailure PORT_BUSY, which names the process
 */
export const listenForEncoders = async <Listener>(
  port: number,
  listen: (port: number, tlsPort: number) => Promise<Listener>,
): Promise<Listener> => {
  try {
    return await listen(port, port === 0 ? 0 : port + 1);
  } catch (error) {
    if (!isInUse(error)) throw error;
    const taken = (error as NodeJS.ErrnoException & { readonly port?: number }).port ?? port;
    throw await busy(taken, port - FIRST_INGEST_PORT + FIRST_PORT + 100);
  }
};
