import { Construct } from "constructs";
import { checkEntries } from "../core/ring.ts";
import { RecordingConfiguration, type RecordingConfigurationProps } from "./recording-configuration.ts";

/** One configuration of the ring; its name is its identity, so other values are another name. */
export type RecordingConfigurationEntry = Omit<RecordingConfigurationProps, "bucket" | "name"> & {
  readonly name: string;
};

export interface RecordingConfigurationRingProps extends Pick<RecordingConfigurationProps, "bucket"> {
  readonly entries: readonly RecordingConfigurationEntry[];
}

/** How many an account may hold in a region. Unverified: from the service quotas page, never seen refused. */
const MAXIMUM_RECORDING_CONFIGURATIONS = 20;

/**
 * Recording configurations, the first of which new channels use. The others stay for channels that still name them: the
 * service refuses to delete one in use. To record otherwise, put a new entry first; remove the old one when nothing uses it.
 */
export class RecordingConfigurationRing extends Construct {
  readonly configurations: readonly RecordingConfiguration[];

  constructor(scope: Construct, id: string, { bucket, entries }: RecordingConfigurationRingProps) {
    super(scope, id);
    checkEntries(this, entries, MAXIMUM_RECORDING_CONFIGURATIONS);
    this.configurations = entries.map(({ name, ...how }) => new RecordingConfiguration(this, name, { ...how, bucket }));
  }

  /** What new channels use; absent from an empty ring. */
  get current(): RecordingConfiguration | undefined {
    return this.configurations[0];
  }

  get arns(): Record<string, string> {
    return Object.fromEntries(this.configurations.map((one) => [one.node.id, one.recordingConfigurationArn]));
  }
}
