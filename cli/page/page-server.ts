import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import type { RunChannel } from "../start/run-file.ts";
import { createPublicApi } from "./public-api.ts";
import { securityHeaders } from "./security-headers.ts";
import { type PageServer, servePage } from "./serve-page.ts";
import { readStaticFiles } from "./static-files.ts";

export interface PageServerOptions {
  /** The built page. */
  readonly folder: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly channels: readonly RunChannel[];
  /** Where the chat is: a WebSocket address. */
  readonly chatUrl: string;
  readonly region: string;
  /** Told, in lines for a human, what went wrong. @default nobody */
  readonly report?: (line: string) => void;
}

/**
 * Serves the page and what it asks for to this machine. Endpoint and credentials of AWS come from the environment, as for
 * every AWS tool; the browser gets neither.
 *
 * @throws CliError PORT_BUSY
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { folder, port, channels, chatUrl, region, report = () => {} } = options;
  const clients = { ivs: new IvsClient({ region }), chat: new IvschatClient({ region }) };
  const server = await servePage({
    port,
    api: createPublicApi({ ...clients, channels, chatUrl }),
    files: readStaticFiles(folder),
    headers: securityHeaders([chatUrl, ...channels.map(({ playbackUrl }) => playbackUrl)]),
    report,
  });
  const close = async (): Promise<void> => {
    await server.close();
    for (const client of Object.values(clients)) client.destroy();
  };
  return { ...server, close };
}
