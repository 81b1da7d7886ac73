import { Construct } from "constructs";
import type { Grantee } from "../core/policy.ts";
import { checkEntries } from "../core/ring.ts";
import { PlaybackKeyPair } from "./playback-key-pair.ts";

/** One key of the ring; its name is its identity, so a new key is a new name. */
export interface PlaybackKeyEntry {
  readonly name: string;
  /** @default a new key in KMS */
  readonly publicKeyPem?: string;
  /** The secret that holds the private half of that key. @default nothing here signs by it */
  readonly secretName?: string;
}

/** How many pairs an account may hold in a region. Unverified: from the service quotas page, never seen refused. */
const MAXIMUM_KEY_PAIRS = 3;

/**
 * The playback keys that IVS trusts, the first of which signs. Rotation: add the new key as the second, deploy, make it the
 * first, deploy, wait out the longest token, remove the old one, deploy. No step touches another key of the ring.
 */
export class PlaybackKeyRing extends Construct {
  readonly pairs: readonly PlaybackKeyPair[];

  constructor(scope: Construct, id: string, entries: readonly PlaybackKeyEntry[]) {
    super(scope, id);
    checkEntries(this, entries, MAXIMUM_KEY_PAIRS);
    this.pairs = entries.map(({ name, ...props }) => new PlaybackKeyPair(this, name, props));
  }

  /** The pair that signs; absent from an empty ring. */
  get current(): PlaybackKeyPair | undefined {
    return this.pairs[0];
  }

  /**
   * Lets a function sign by every key of the ring, not by the first alone: while a deploy moves another key to the front,
   * the function's code and its role change one after the other, and permissions take a moment to be known everywhere.
   */
  grantSign(grantee: Grantee): void {
    for (const pair of this.pairs) if (pair.canSign) pair.grantSign(grantee);
  }

  get arns(): Record<string, string> {
    return Object.fromEntries(this.pairs.map((pair) => [pair.node.id, pair.playbackKeyPairArn]));
  }
}
