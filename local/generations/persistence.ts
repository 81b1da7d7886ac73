import { join } from "node:path";
import type { Gate } from "../edge/gate.ts";
import type { Service } from "../service.ts";
import { saveEngines } from "./engines.ts";
import { ENGINES, type Manifest } from "./manifest.ts";
import { createSaver } from "./saver.ts";
import { createGenerationWriter } from "./write.ts";

export interface PersistenceOptions {
  /** Where the generations are. */
  readonly folder: string;
  /** The edge's, which stands in addresses. */
  readonly port: number;
  /** Held for the moment of a capture. */
  readonly gate: Gate;
  readonly services: readonly Service[];
  /** Grows with each request that may have changed the emulator. */
  readonly emulatorChanges: () => number;
  /** Writes the emulator's state and objects into a new folder; returns the services that failed, with the reason. */
  readonly saveEmulator: (folder: string) => Promise<Manifest["failed"]>;
  readonly report: (line: string) => void;
}

/** The newest generation that this cloud has written. */
export interface LastSave {
  readonly number: number;
  readonly savedAt: string;
}

export interface Persistence {
  /** Everything done before is on the disk when it resolves. */
  save(): Promise<LastSave>;
  /** Undefined before the first. */
  last(): LastSave | undefined;
  stop(): Promise<void>;
}

/** Keeps complete generations of the engines and the emulator, taken at one moment between two changes. */
export const startPersistence = async (options: PersistenceOptions): Promise<Persistence> => {
  const { folder, port, gate, services, emulatorChanges, saveEmulator, report } = options;
  const writer = await createGenerationWriter(folder, port);
  const revision = () => services.reduce((sum, service) => sum + service.revision, emulatorChanges());
  let last: LastSave | undefined;

  const write = async () => {
    let captured = 0;
    const { number, savedAt, failed } = await writer.write((target) =>
      gate.hold(async () => {
        captured = revision();
        await saveEngines(join(target, ENGINES), services);
        return saveEmulator(join(target, "ministack"));
      }),
    );
    for (const [service, reason] of Object.entries(failed)) report(`${service} could not be saved: ${reason}.`);
    last = { number, savedAt };
    return captured;
  };
  const saver = createSaver({ revision, report, write });
  return {
    save: async () => {
      await saver.save();
      if (last === undefined) throw new Error("A save ended without a generation.");
      return last;
    },
    last: () => last,
    stop: saver.stop,
  };
};
