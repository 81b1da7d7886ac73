import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createMeter } from "#local/media/flv/meter.ts";
import { durationOf } from "#local/media/hls/segment.ts";
import { createOrigin } from "#local/media/origin/origin.ts";
import { channelPath } from "#local/media/origin/paths.ts";
import { startIngest } from "#local/media/rtmp/server.ts";
import { createLateness } from "./lateness.ts";
import { obey } from "./obey.ts";

const region = "us-west-2";
const accountId = "111122223333";

/** Above what one machine holds, so that it is the machine that sets the end. */
const CONNECTIONS = 5_000;

const lateness = createLateness();
const origin = createOrigin({ authorize: () => ({ allowed: true, session: undefined }) });
const http = createServer((request, response) => {
  if (!origin.handle(request, response)) response.writeHead(404).end();
});
await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
const httpPort = (http.address() as AddressInfo).port;

const ingest = await startIngest({
  port: 0,
  limits: { connections: CONNECTIONS },
  log: () => {},
  // The stream key is the channel's id: nobody is refused here.
  authorize: (streamKey) => {
    const out = lateness.follow();
    const meter = createMeter(() => performance.now());
    const live = origin.start(`arn:aws:ivs:${region}:${accountId}:channel/${streamKey}`, {
      onSegment: (segment) => out(segment.startTime + durationOf(segment) * 1_000),
    });
    return {
      accepted: {
        metadata: () => {},
        media: (unit) => {
          meter.observe(unit);
          live.write(unit);
        },
        end: live.end,
      },
    };
  },
});

const commands = {
  address: () => ({ rtmpPort: ingest.port, app: "app" }),
  playbackUrl: (streamKey: string) => `http://127.0.0.1:${httpPort}${channelPath(region, accountId, streamKey)}`,
  /** Of the segments since it was last asked, in milliseconds. */
  lateness: lateness.take,
};

export type MediaServer = typeof commands;
obey(commands);
