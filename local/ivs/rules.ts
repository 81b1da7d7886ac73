import type { Operations, Shapes } from "../service-model/generated/ivs.types.ts";
import type { Rule, Rules } from "../service-model/rules.ts";

type Create = Operations["CreateRecordingConfiguration"]["input"];
type Policy = Partial<Pick<Shapes["PlaybackRestrictionPolicy"], "allowedCountries" | "allowedOrigins">>;

/** Timed metadata of one request, in bytes. */
const mostMetadataBytes = 1024;

const countries = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const isCountry = (code: string) => /^[A-Z]{2}$/.test(code) && countries.of(code) !== undefined;

// As in the Origin header; whether the service accepts a host that starts with a wildcard is unverified.
const isOrigin = (origin: string) => origin === "null" || /^[a-z][a-z0-9+.-]*:\/\/(\*\.)?[^\s/*]+$/i.test(origin);

const recording: readonly Rule<Create>[] = [
  {
    path: "destinationConfiguration.s3",
    message: "Member must not be null",
    broken: ({ destinationConfiguration }) => destinationConfiguration.s3 === undefined,
  },
  {
    path: "thumbnailConfiguration.targetIntervalSeconds",
    message: "Can be set only if recordingMode is INTERVAL",
    broken: ({ thumbnailConfiguration: thumbnails }) =>
      thumbnails?.recordingMode === "DISABLED" && thumbnails.targetIntervalSeconds !== undefined,
  },
  {
    // Documented as required and also as having a default; that it is refused is unverified.
    path: "thumbnailConfiguration.targetIntervalSeconds",
    message: "Is required if recordingMode is INTERVAL",
    broken: ({ thumbnailConfiguration: thumbnails }) =>
      thumbnails?.recordingMode === "INTERVAL" && thumbnails.targetIntervalSeconds === undefined,
  },
  {
    path: "renditionConfiguration.renditions",
    message: "Must name at least one rendition if renditionSelection is CUSTOM",
    broken: ({ renditionConfiguration: renditions }) =>
      renditions?.renditionSelection === "CUSTOM" && (renditions.renditions ?? []).length === 0,
  },
];

const restriction: readonly Rule<Policy>[] = [
  {
    path: "allowedCountries",
    message: "Must be ISO 3166-1 alpha-2 country codes",
    broken: ({ allowedCountries = [] }) => !allowedCountries.every(isCountry),
  },
  {
    path: "allowedOrigins",
    message: "Must be valid values of the Origin header, for example https://example.com",
    broken: ({ allowedOrigins = [] }) => !allowedOrigins.every(isOrigin),
  },
];

/** What IVS documents and its model does not state; rules that need the state of a resource are with that resource. */
export const ivsRules: Rules<Operations> = {
  CreateRecordingConfiguration: recording,
  CreatePlaybackRestrictionPolicy: restriction,
  UpdatePlaybackRestrictionPolicy: restriction,
  PutMetadata: [
    {
      path: "metadata",
      message: "Member must be at most 1 KB",
      broken: ({ metadata }) => Buffer.byteLength(metadata) > mostMetadataBytes,
    },
  ],
};
