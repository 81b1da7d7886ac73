import { readFile } from "node:fs/promises";
import { connect } from "node:tls";
import * as v from "valibot";
import type { LocalTarget } from "../onair/target.ts";
import { answers, healthUrl } from "../start/probe.ts";
import type { LocalStatus, PartStatus } from "./status.ts";

const probeTimeoutMilliseconds = 3000;
const health = v.object({ parts: v.record(v.string(), v.picklist(["up", "down"])) });

/** Asks every part of the local cloud now; none is believed from a file. */
export async function readLocalStatus({ ready, certificate }: LocalTarget): Promise<LocalStatus> {
  const { endpoint, region, accountId, pid, rtmpUrl, rtmpsUrl, chatUrl } = ready;
  const [parts, rtmp, rtmps, chat] = await Promise.all([
    askParts(endpoint),
    rtmpUrl && answers(rtmpUrl),
    rtmpsUrl && answersAsItself(rtmpsUrl, certificate),
    chatUrl && answers(chatUrl),
  ]);
  const rows: PartStatus[] = [{ name: "edge", state: parts ? "up" : "down", address: endpoint }];
  for (const [name, state] of Object.entries(parts ?? {})) rows.push({ name, state, address: null });
  const doors = [
    ["rtmp", rtmpUrl, rtmp],
    ["rtmps", rtmpsUrl, rtmps],
    ["chat", chatUrl, chat],
  ] as const;
  for (const [name, address, isUp] of doors) {
    if (address !== undefined) rows.push({ name, state: isUp ? "up" : "down", address });
  }
  return { kind: "local", endpoint, region, accountId, pid, parts: rows };
}

async function askParts(endpoint: string): Promise<Readonly<Record<string, "up" | "down">> | undefined> {
  try {
    const response = await fetch(healthUrl(endpoint), { signal: AbortSignal.timeout(probeTimeoutMilliseconds) });
    return v.parse(health, await response.json()).parts;
  } catch {
    return undefined;
  }
}

/** Whether a TLS server answers with the certificate that it should have. */
async function answersAsItself(url: string, certificate: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  // A cloud takes it away as it ends.
  const ca = await readFile(certificate).catch(() => undefined);
  if (ca === undefined) return false;
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), ca }, () => {
      // In good order: it is no news then, and in no log.
      socket.end();
      resolve(true);
    });
    socket.setTimeout(probeTimeoutMilliseconds, () => socket.destroy());
    // An error is followed by the close; neither has a meaning after the answer.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(false));
  });
}
