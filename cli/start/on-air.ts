import { buildPage } from "../page/build-page.ts";
import { startPageServer } from "../page/page-server.ts";
import type { RunContext } from "../run-context.ts";
import { CliError } from "../terminal/cli-error.ts";
import { goLive } from "../test-stream/go-live.ts";
import type { Accounts } from "./accounts.ts";
import { demoChannel } from "./demo-channel.ts";
import type { CloudReady } from "./ready-file.ts";
import type { RunChannel } from "./run-file.ts";

/** What viewers see. */
export interface OnAir {
  readonly webUrl: string;
  stop(): Promise<void>;
}

export interface OnAirOptions {
  readonly context: RunContext;
  readonly cloud: CloudReady;
  readonly channels: readonly RunChannel[];
  readonly accounts: Accounts;
  /** For the page; 0 for any free one. */
  readonly port: number;
}

/**
 * Serves the page, and goes live on the demo channel where the settings have one.
 *
 * @throws CliError
 */
export async function goOnAir({ context, cloud, channels, accounts, port }: OnAirOptions): Promise<OnAir> {
  const { terminal, project, signal } = context;
  const { region, endpoint, chatUrl, rtmpUrl } = cloud;
  if (chatUrl === undefined) {
    throw new CliError("NOT_ANSWERING", "This local cloud has no chat.", "Everything is stopped.", "Try: npm start");
  }
  const page = await terminal.step("Serve the page", async (tell) => {
    tell("building it");
    const { folder, isNew } = await buildPage(project);
    const report = (line: string) => terminal.note(line);
    const places = { channels, chatUrl, rtmpUrl, endpoint, region, ...accounts };
    const value = await startPageServer({ folder, port, ...places, report });
    return { value, summary: `${value.url}${isNew ? "" : ", built before"}` };
  });
  try {
    if (!channels.some(({ name }) => name === demoChannel)) return { webUrl: page.url, stop: page.close };
    const demo = await terminal.step(`Go live on ${demoChannel} with a test clip`, async (tell) => {
      const value = goLive(context, cloud, demoChannel, tell);
      await value.ready;
      return { value };
    });
    demo.lost.then(({ what, why }) => {
      terminal.note(`Channel ${demoChannel} is off air: ${[what, why].filter(Boolean).join(" ")}`);
      terminal.note(`Bring it back: npx onair test-stream ${demoChannel}`);
    });
    return {
      webUrl: page.url,
      stop: async () => {
        await Promise.all([demo.stop(), page.close()]);
      },
    };
  } catch (thrown) {
    await page.close();
    signal.throwIfAborted();
    throw thrown;
  }
}
