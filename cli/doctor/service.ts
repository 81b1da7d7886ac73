import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { IvsClient } from "@aws-sdk/client-ivs";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import { listChannels } from "#aws/ivs/channels.ts";
import { countPlaybackKeyPairs } from "#aws/ivs/configurations.ts";
import { listStreams } from "#aws/ivs/streams.ts";
import { readMailSender } from "#aws/operator/mail-sender.ts";
import { readDeployedRing } from "#aws/playback/deployed-ring.ts";
import { nearQuota } from "#domain/operations/when-to-tell.ts";
import { LIMITS } from "#settings/limits.ts";
import { quotas } from "../review/quotas.ts";
import { check, type Finding, fail, ok, warn } from "./finding.ts";

const ask = "Ask for more in Service Quotas: docs/runbooks/quota.md";

/** What IVS has of ours beside what it may have. Quotas that were raised are not known here, but that of streams. */
export const checkQuotas = (ivs: IvsClient, streamsQuota: number): Promise<Finding> =>
  check("quotas", async () => {
    const [channels, streams] = [await listChannels(ivs), await listStreams(ivs)];
    const uses = [
      { what: "channels", used: channels.length, most: quotas.get("aws_ivs_channel") ?? 0 },
      { what: "streams at once", used: streams.length, most: streamsQuota },
    ];
    const seen = uses.map(({ what, used, most }) => `${used} of ${most} ${what}`).join(", ");
    return uses.some(({ used, most }) => used >= nearQuota(most)) ? warn("quotas", seen, ask) : ok("quotas", seen);
  });

export interface PlaybackKeysToCheck {
  readonly ivs: IvsClient;
  readonly lambda: LambdaClient;
  /** Of playback-token. */
  readonly functionName: string;
  /** As the settings name them. */
  readonly names: readonly string[];
}

/** Whether IVS has keys for what signs, and room for one more, without which no key can be changed under viewers. */
export const checkPlaybackKeys = ({ ivs, lambda, functionName, names }: PlaybackKeysToCheck): Promise<Finding> =>
  check("playback keys", async () => {
    const [count, ring] = await Promise.all([countPlaybackKeyPairs(ivs), readDeployedRing(lambda, functionName)]);
    const seen = `${count} of ${LIMITS.playbackKeys} in IVS; ${ring.keys[0] ?? "none"} signs`;
    if (ring.keys.join() !== names.join()) {
      const said = `deployed are ${ring.keys.join(", ") || "none"}, the settings say ${names.join(", ") || "none"}`;
      return fail("playback keys", said, "Deploy the platform; or go on with the change: onair keys rotate");
    }
    if (count < ring.keys.length) return fail("playback keys", seen, "Deploy the platform: a key pair is missing.");
    return count < LIMITS.playbackKeys
      ? ok("playback keys", seen)
      : warn("playback keys", `${seen}: there is no room for a new one`, "Take the oldest out: onair keys rotate");
  });

/** Who mails of sign-ups come from. Whether SES has verified the sender is not asked. */
export const checkMailSender = (cognito: CognitoIdentityProviderClient, userPoolId: string): Promise<Finding> =>
  check("mail sender", async () => {
    const sender = await readMailSender(cognito, userPoolId);
    return sender === undefined
      ? warn(
          "mail sender",
          "Cognito itself, which sends about 50 mails a day",
          "Set accounts.email to a sender of SES.",
        )
      : ok("mail sender", sender);
  });
