import { describe, expect, it } from "vitest";
import { keyLines, ringRows } from "#cli/keys/list.ts";
import { makeKeyPair } from "#cli/keys/private-key.ts";

const ours = makeKeyPair();
const secretName = "onair-dev/playback-keys/ours";

describe("the list of keys", () => {
  it("has those of the settings in their order, then those that are deployed and gone from there", () => {
    const playbackKeys = [{ name: "new" }, { name: "ours", publicKeyPem: ours.publicPem }];
    const rows = ringRows({ name: "dev", playbackKeys }, [
      { name: "ours", kind: "secret", secretName, fingerprint: ours.fingerprint },
      { name: "old", kind: "kms", keyArn: "arn", fingerprint: "f0" },
    ]);
    expect(rows).toEqual([
      { name: "new", keptIn: "kms", secretName: null, settings: 1, deployed: null, fingerprint: null },
      { name: "ours", keptIn: "secret", secretName, settings: 2, deployed: 1, fingerprint: ours.fingerprint },
      { name: "old", keptIn: "kms", secretName: null, settings: null, deployed: 2, fingerprint: "f0" },
    ]);
    expect(keyLines(rows)).toEqual([
      `KEY   SETTINGS  DEPLOYED  KEPT IN                              FINGERPRINT`,
      `new   1, signs  -         KMS                                  -`,
      `ours  2         1, signs  secret onair-dev/playback-keys/ours  ${ours.fingerprint}`,
      `old   -         2         KMS                                  f0`,
    ]);
  });

  it("has a place for a key whose PEM is none", () => {
    const [row] = ringRows({ name: "dev", playbackKeys: [{ name: "odd", publicKeyPem: "none" }] }, []);
    expect(row).toMatchObject({ name: "odd", keptIn: "secret", fingerprint: null });
  });
});
