import { recall, remember } from "../remembered.ts";
import type { StartEngine } from "./engine.ts";

/** The players there are. Each is loaded when it is first used. */
const engines = {
  "hls.js": async (...args) => (await import("./hls-engine.ts")).startHls(...args),
  "amazon-ivs-player": async (...args) => (await import("./ivs-engine.ts")).startIvs(...args),
} satisfies Record<string, StartEngine>;

export type EngineName = keyof typeof engines;

export const engineNames = Object.keys(engines) as EngineName[];

export const startEngine = (name: EngineName): StartEngine => engines[name];

/** Open source, and on this machine as good: the default. */
const usual: EngineName = "hls.js";

const isEngineName = (name: string | undefined): name is EngineName =>
  name !== undefined && Object.hasOwn(engines, name);

export function rememberedEngine(): EngineName {
  const name = recall("player");
  return isEngineName(name) ? name : usual;
}

export const rememberEngine = (name: EngineName): void => remember("player", name);
