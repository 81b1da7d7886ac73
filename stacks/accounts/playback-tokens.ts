import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import type { Table } from "#constructs/data/table.ts";
import type { PlaybackKeyRing } from "#constructs/ivs/playback-key-ring.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import type { Environment } from "#handlers/playback-token/env.ts";
import type { AccountsSettings } from "#settings/accounts.ts";
import type { PlaybackSettings } from "#settings/playback.ts";

export interface PlaybackTokensProps {
  /** The platform's. */
  readonly table: Table;
  readonly keys: PlaybackKeyRing;
  readonly playback: PlaybackSettings;
  readonly accounts: AccountsSettings;
}

/**
 * Makes tokens for private channels, by the first key of the ring: the one function that may sign. It can neither read a
 * stream key nor moderate, and what can do so cannot sign.
 */
export class PlaybackTokens extends Construct {
  readonly function: NodeFunction<Environment>;

  constructor(scope: Construct, id: string, { table, keys, playback, accounts }: PlaybackTokensProps) {
    super(scope, id);
    if (AwsStack.of(this).protect && keys.current && playback.origins.length === 0) {
      Annotations.of(this).addWarning(
        "playback.origins is empty: whatever page a signed-in user is on may play private channels.",
      );
    }
    const signing = keys.current?.signing;
    this.function = new NodeFunction<Environment>(this, "playback-token", {
      handler: "playback-token",
      constants: {
        PLANS: accounts.plans,
        TOKEN_SECONDS: playback.tokenSeconds,
        ORIGINS: playback.origins,
        STRICT_ORIGIN: playback.strictOrigin,
      },
      environment: {
        PLAYBACK_KEYS: keys.pairs.map(({ node }) => node.id).join(","),
        ...(signing?.kind === "kms" && { SIGNING_KEY: signing.keyArn }),
        ...(signing?.kind === "secret" && {
          SIGNING_KEY: signing.secretName,
          SIGNING_KEY_FINGERPRINT: signing.fingerprint,
        }),
      },
      // A signature by the function's own processor takes as long as its memory allows, and people wait for it.
      memoryMegabytes: 512,
    });
    this.function.bind(table, { variable: "TABLE_NAME", access: { actions: ["GetItem", "UpdateItem"] } });
    if (!keys.current) return;
    keys.grantSign(this.function);
    // Nothing is signed by a key that IVS does not know yet.
    this.function.resource.node.addDependency(...keys.pairs);
  }
}
