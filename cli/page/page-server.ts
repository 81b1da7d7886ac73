import type { RunChannel } from "../start/run-file.ts";
import { callApi } from "./api-calls.ts";
import { securityHeaders } from "./security-headers.ts";
import { type PageServer, servePage } from "./serve-page.ts";
import { callCognito, signInPath } from "./sign-in-calls.ts";
import { readStaticFiles } from "./static-files.ts";

export interface PageServerOptions {
  /** The built page. */
  readonly folder: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly channels: readonly Pick<RunChannel, "playbackUrl">[];
  /** Where the chat is: a WebSocket address. */
  readonly chatUrl: string;
  /** Where encoders send to on this machine, whose ports are not the service's. @default what the API says */
  readonly rtmpUrl?: string | undefined;
  /** Of the local cloud, which speaks for Cognito and S3. */
  readonly endpoint: string;
  /** Of the platform's API; a route's path is added to it. */
  readonly apiUrl: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** Told, in lines for a human, what went wrong. @default nobody */
  readonly report?: (line: string) => void;
}

/**
 * Serves the page to this machine, and passes on what it asks of the API and of Cognito, so that all of it has one origin.
 *
 * @throws CliError PORT_BUSY
 */
export function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { folder, port, channels, chatUrl, endpoint, apiUrl, region, report = () => {} } = options;
  const { userPoolId, userPoolClientId, rtmpUrl } = options;
  return servePage({
    port,
    files: readStaticFiles(folder),
    config: {
      ...{ region, userPoolId, userPoolClientId, userPoolEndpoint: signInPath },
      ...(rtmpUrl && { ingestUrl: rtmpUrl }),
    },
    callApi: (path, request, response) => callApi(apiUrl, path, request, response),
    callCognito: (request, response) => callCognito(endpoint, request, response),
    headers: securityHeaders([chatUrl, endpoint, ...channels.map(({ playbackUrl }) => playbackUrl)]),
    report,
  });
}
