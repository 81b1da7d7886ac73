import { readFile } from "node:fs/promises";
import { replaceFile } from "../run-files.ts";

const DAY = 24 * 60 * 60 * 1000;

/** What was found out about the registry, and when. */
interface Finding {
  readonly answers: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface RememberedProbe {
  /** Where the finding is kept. */
  readonly file: string;
  /** Finds out anew. */
  readonly probe: () => Promise<boolean>;
  /** Whether an absence found earlier still counts; without it only a registry that answered is remembered. */
  readonly trustAbsence: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const recall = async (file: string): Promise<Finding | undefined> => {
  try {
    const { answers, at } = JSON.parse(await readFile(file, "utf8")) as Partial<Finding>;
    return typeof answers === "boolean" && typeof at === "number" ? { answers, at } : undefined;
  } catch {
    return undefined;
  }
};

/** Whether the registry answers, asked at most once a day, so that a start neither waits for it nor changes providers from hour to hour. */
export const rememberedProbe = async ({ file, probe, trustAbsence, now }: RememberedProbe): Promise<boolean> => {
  const last = await recall(file);
  const isFresh = last !== undefined && last.at <= now && now - last.at < DAY;
  if (isFresh && (last.answers || trustAbsence)) return last.answers;
  const answers = await probe();
  await replaceFile(file, `${JSON.stringify({ answers, at: now } satisfies Finding)}\n`);
  return answers;
};
