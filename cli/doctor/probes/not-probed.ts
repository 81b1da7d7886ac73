const stream = "needs a stream of a certain kind, or longer than a run, or somebody who watches it";
const quota = "would take all that the account may have";
const others = "is said by another fact, which is probed";
const logs = "needs a logging configuration, and minutes until something is logged";
const sight = "is to be read, not asked: look at the page named beside it";

/** Facts that no probe asks about, or not about all of it, by the file that they stand in, and why. */
export const notProbed: Readonly<Record<string, string>> = {
  "local/ivs/live/live-engine.ts": stream,
  "local/ivs/live/health.ts": stream,
  "local/ivs/live/stream-sessions.ts": "takes 60 days",
  "local/ivs/live/metrics.ts": others,
  "local/media/hls/multivariant-playlist.ts": stream,
  "local/media/id3/text-tag.ts": stream,
  "local/media/playback/refusal.ts":
    "which code answers a used token, and where geo-blocking holds: needs a stream, and viewers elsewhere",
  "local/media/playback/check-playback.ts": stream,
  "local/ivs/recording/documents.ts": stream,
  "local/ivs/recording/events.ts": stream,
  "local/ivs/recording/merge.ts": stream,
  "local/cloud-control/progress.ts": "needs requests that IVS refuses, each in its own way, by Cloud Control",
  "local/cloud-control/properties.ts": "needs a resource that Cloud Control has made, with tags",
  "local/ivs/options.ts": quota,
  "local/ivs/rates.ts": "needs an ad configuration, and calls until they are refused",
  "local/ivs/channel.ts": `the words of the conflict: ${others}`,
  "local/ivschat/options.ts": quota,
  "local/ivschat/messaging/limits.ts":
    "requests a second cannot be told from the room's own rate; frames and pings: need a connection that is held for minutes",
  "local/ivschat/messaging/engine.ts": "1001 comes when the service stops",
  "local/ivschat/messaging/review.ts": "needs a handler that tells what it is asked, and answers wrongly",
  "local/ivschat/logging/destination.ts": logs,
  "local/ivschat/logging/writer.ts": logs,
  "constructs/delivery/apply-denials.ts": "needs a key in KMS, which stays for a week after its removal",
  "local/ministack/post_confirmation.py": "needs a user pool with a trigger, and a mailbox",
  "local/ministack/token_rotation.py": "needs a user pool, and somebody who signs in",
  "aws/metrics/session-metrics.ts": others,
  "settings/operations.ts": quota,
  "domain/operations/prices.ts": sight,
  "constructs/observability/alarm-topic.ts": "needs the platform's topic, and an alarm that is on",
  "cli/review/quotas.ts": quota,
  "settings/limits.ts": quota,
  "constructs/ivs/playback-key-ring.ts": quota,
  "constructs/ivs/recording-configuration-ring.ts": quota,
  "cli/keys/next-step.ts": stream,
  "aws/state-backend/managed-key.ts": "needs an account that never used it",
};
