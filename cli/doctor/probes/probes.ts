import { onChatAndMetrics } from "./on-chat-and-metrics.ts";
import { onConnection } from "./on-connection.ts";
import { onIvs } from "./on-ivs.ts";
import { onPermissions } from "./on-permissions.ts";
import { onPlayback } from "./on-playback.ts";
import { onRecording } from "./on-recording.ts";
import type { Probe } from "./probe.ts";

/** All that an account is asked, in this order. */
export const probes: readonly Probe[] = [
  ...onIvs,
  ...onPlayback,
  ...onRecording,
  ...onChatAndMetrics,
  ...onPermissions,
  ...onConnection,
];
