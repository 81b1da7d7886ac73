import { LIMITS } from "#settings/limits.ts";

/** How many an account may have in a region, by Terraform's name of the type. Channels and rooms are unverified. */
export const quotas: ReadonlyMap<string, number> = new Map([
  ["aws_ivs_channel", 20_000],
  ["aws_ivs_playback_key_pair", LIMITS.playbackKeys],
  ["aws_ivs_recording_configuration", LIMITS.recordingConfigurations],
  ["aws_ivschat_logging_configuration", LIMITS.loggingConfigurations],
  ["aws_ivschat_room", 50_000],
]);
