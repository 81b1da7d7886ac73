import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { CloudFailure } from "../../failure.ts";
import { installVenv } from "../../ministack/install.ts";

export interface FfmpegOptions {
  /** The local cloud's folder; ffmpeg is put into `venv-ffmpeg` below it. */
  readonly folder: string;
  /** Told in a line for a human what takes time. */
  readonly report: (line: string) => void;
  /** Ends an installation that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/** Where the wheel keeps its program, below the virtual environment: one version of Python, one file. */
const findProgram = async (venv: string): Promise<string | undefined> => {
  for (const python of await readdir(join(venv, "lib"))) {
    const binaries = join(venv, "lib", python, "site-packages", "imageio_ffmpeg", "binaries");
    const names = await readdir(binaries).catch(() => []);
    const name = names.find((name) => name.startsWith("ffmpeg-"));
    if (name !== undefined) return join(binaries, name);
  }
  return undefined;
};

/**
 * The path of an ffmpeg that has libx264, aac and RTMP, installed on first use from the pinned, hash-checked wheel.
 * It is a program of its own under its own licence (GPL): we run it, we neither link nor ship it.
 * @throws CloudFailure PYTHON_MISSING, VENV_MISSING or INSTALL_FAILED
 */
export const ffmpegPath = async ({ folder, report, signal }: FfmpegOptions): Promise<string> => {
  const venv = join(folder, "venv-ffmpeg");
  const requirements = join(import.meta.dirname, "requirements.txt");
  await installVenv({ folder: venv, requirements, report, signal });
  const program = await findProgram(venv);
  if (program !== undefined) return program;
  throw new CloudFailure(
    "INSTALL_FAILED",
    `The package imageio-ffmpeg in ${venv} holds no ffmpeg for ${process.platform} ${process.arch}.`,
  );
};
