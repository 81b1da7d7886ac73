import { show } from "../ivs/recording-configuration.ts";
import type { IvsRows } from "../ivs/state.ts";
import type { Tables } from "../service-model/state.ts";
import type { Members } from "./properties.ts";
import { Refusal } from "./refusal.ts";

/** A resource type of CloudFormation's registry, as IVS carries it out. Each has its ARN as primary identifier. */
export interface ResourceType {
  readonly name: string;
  /** Ends the names of IVS's operations on one of them; several have a name of their own. */
  readonly noun: string;
  readonly plural: string;
  readonly readOnly: readonly string[];
  /** Properties that an update may not change. */
  readonly createOnly: readonly string[];
  /** Members that IVS can change besides tags, and what they are where the desired state does not say. */
  readonly updatable: Members;
  /** What IVS has, at a moment in milliseconds since 1970; undefined where it has none. */
  readonly find: (tables: Tables<IvsRows>, arn: string, now: number) => Members | undefined;
  readonly all: (tables: Tables<IvsRows>) => readonly { readonly arn: string }[];
}

/** From the CloudFormation template reference. */
const resourceTypes: readonly ResourceType[] = [
  {
    name: "AWS::IVS::RecordingConfiguration",
    noun: "RecordingConfiguration",
    plural: "RecordingConfigurations",
    readOnly: ["Arn", "State"],
    createOnly: [
      "Name",
      "DestinationConfiguration",
      "ThumbnailConfiguration",
      "RecordingReconnectWindowSeconds",
      "RenditionConfiguration",
    ],
    updatable: {},
    find: ({ recordingConfigurations }, arn, now) => {
      const row = recordingConfigurations.get(arn);
      return row && { ...show(row, now) };
    },
    all: ({ recordingConfigurations }) => recordingConfigurations.all(),
  },
  {
    name: "AWS::IVS::PlaybackRestrictionPolicy",
    noun: "PlaybackRestrictionPolicy",
    plural: "PlaybackRestrictionPolicies",
    readOnly: ["Arn"],
    createOnly: [],
    updatable: { name: "", allowedCountries: [], allowedOrigins: [], enableStrictOriginEnforcement: false },
    find: ({ playbackRestrictionPolicies }, arn) => {
      const row = playbackRestrictionPolicies.get(arn);
      return row && { ...row };
    },
    all: ({ playbackRestrictionPolicies }) => playbackRestrictionPolicies.all(),
  },
];

/** @throws Refusal TypeNotFoundException where the local cloud does not have it */
export const resourceTypeOf = (name: unknown): ResourceType => {
  const found = resourceTypes.find((type) => type.name === name);
  if (found === undefined) throw new Refusal("TypeNotFoundException", `The type '${String(name)}' cannot be found.`);
  return found;
};
