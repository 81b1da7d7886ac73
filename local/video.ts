import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Clients } from "./clients/clients.ts";
import { putRegularly } from "./clients/put-regularly.ts";
import type { EventSink } from "./ivs/live/event-sink.ts";
import { createLiveEngine, type LiveEngineOptions } from "./ivs/live/live-engine.ts";
import { IVS_METRICS, ivsMetrics } from "./ivs/live/metrics.ts";
import { createPlaybackAuthorize } from "./ivs/live/playback.ts";
import type { ChannelAddress, IvsOptions } from "./ivs/options.ts";
import { ivsRates } from "./ivs/rates.ts";
import { createRecorder } from "./ivs/recording/recorder.ts";
import { createIvs, type Ivs } from "./ivs/service.ts";
import { createOrigin } from "./media/origin/origin.ts";
import { channelPath } from "./media/origin/paths.ts";
import { startIngest } from "./media/rtmp/server.ts";
import type { Authorize } from "./media/rtmp/session.ts";
import { listenForEncoders } from "./ports.ts";
import { removeFile, replaceFile } from "./run-files.ts";
import { makeIdentity, toPem } from "./tls/certificate.ts";

export interface VideoOptions {
  /** The cloud's folder. */
  readonly folder: string;
  /** The edge's address, which players fetch from. */
  readonly endpoint: string;
  /** For RTMP; RTMPS gets the next one. 0 for any free ones. */
  readonly ingestPort: number;
  readonly clients: Pick<Clients, "objects" | "metrics">;
  readonly events: Pick<EventSink, "emit">;
  readonly bucketRegion: NonNullable<IvsOptions["bucketRegion"]>;
  /** A JPEG of a segment's first picture. */
  readonly makeThumbnail: (segment: Buffer) => Promise<Buffer>;
  readonly insecureIngest?: LiveEngineOptions["insecureIngest"] | undefined;
  /** How many calls a second are taken: as many as on AWS, or any number. */
  readonly rates: "service" | "none";
  /** How often metrics are put, in milliseconds. @default 60000 */
  readonly metricsMilliseconds?: number | undefined;
  /** Told in a line what happens; never a stream key. */
  readonly report: (line: string) => void;
  /** Told in a line what encoders do; never a stream key. */
  readonly log: (line: string) => void;
}

/** Amazon IVS: the control plane, and the video that it controls. */
export interface Video {
  readonly ivs: Ivs;
  /** Where encoders send to, without the stream key. */
  readonly rtmpUrl: string;
  readonly rtmpsUrl: string;
  /** Path of the certificate in PEM by which encoders can know the RTMPS server. */
  readonly rtmpsCertificate: string;
  /** Serves a playback address. */
  playback(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /** Ends what a killed cloud left open, and lets encoders in. To be called once the saved state is back. */
  recover(): Promise<void>;
  /** Ends every stream and finishes its recording. */
  stop(): Promise<void>;
}

/**
 * The API has a bare host here, for which the service's port is 443. On this machine the ports are those of
 * {@link Video.rtmpUrl} and {@link Video.rtmpsUrl}, which the run file names.
 */
const INGEST_ENDPOINT = "127.0.0.1";

const LOOK_MILLISECONDS = 1000;

/** Listens for encoders, who wait for {@link Video.recover}. Playback begins when the edge hands requests over. */
export const startVideo = async (options: VideoOptions): Promise<Video> => {
  const { folder, endpoint, ingestPort, clients, events, report } = options;
  const state = () => ivs.state;
  const ingestEndpoint = () => INGEST_ENDPOINT;
  const playbackUrl = ({ region, accountId, id }: ChannelAddress) => endpoint + channelPath(region, accountId, id);

  const origin = createOrigin({
    authorize: createPlaybackAuthorize(state),
    onError: (error) => report(`Playback failed: ${(error as Error).stack}`),
  });
  const { makeThumbnail } = options;
  const recorder = createRecorder({ objects: clients.objects, makeThumbnail, emit: events.emit, state, report });
  const engine = createLiveEngine({
    ...{ state, origin, recorder, emit: events.emit, ingestEndpoint, playbackUrl },
    ...(options.insecureIngest && { insecureIngest: options.insecureIngest }),
  });
  const { liveStreams } = engine;
  const { bucketRegion } = options;
  const rates = options.rates === "service" ? ivsRates : {};
  const ivs = createIvs({ ingestEndpoint, playbackUrl, liveStreams, bucketRegion, rates });

  let letIn = (): void => undefined;
  const recovered = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  /** An encoder that comes back with the cloud waits for its channel to be back, too: many take a refusal for final. */
  const authorize: Authorize = async (streamKey, encoder) => {
    await recovered;
    return engine.authorize(streamKey, encoder);
  };

  const identity = makeIdentity();
  const certificate = toPem(identity.certificate);
  const rtmpsCertificate = join(folder, "rtmps.pem");
  await replaceFile(rtmpsCertificate, certificate);
  const tls = { key: identity.privateKey, cert: certificate };
  const ingest = await listenForEncoders(ingestPort, (port, tlsPort) =>
    startIngest({ port, tlsPort, tls, authorize, log: options.log }),
  );

  const metrics = putRegularly({
    what: "Metrics of streams",
    milliseconds: options.metricsMilliseconds,
    put: async () => {
      for (const { values, ...place } of ivsMetrics(engine.measure())) {
        await clients.metrics.put(place, IVS_METRICS.namespace, values);
      }
    },
    report,
  });
  const looks = setInterval(engine.look, LOOK_MILLISECONDS).unref();

  return {
    ivs,
    rtmpUrl: `rtmp://127.0.0.1:${ingest.port}/app`,
    rtmpsUrl: `rtmps://127.0.0.1:${ingest.tlsPort}/app`,
    rtmpsCertificate,
    playback: (incoming, outgoing) => {
      origin.handle(incoming, outgoing);
    },
    recover: async () => {
      engine.recover();
      letIn();
      await recorder.recover();
    },
    stop: async () => {
      letIn();
      clearInterval(looks);
      await metrics.stop();
      await ingest.close();
      engine.stop();
      await recorder.stop();
      await removeFile(rtmpsCertificate);
    },
  };
};
