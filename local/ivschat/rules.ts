import type { Operations, Shapes } from "../service-model/generated/ivschat.types.ts";
import { bytesOf, type Rule, type Rules } from "../service-model/rules.ts";

/** Attributes of a token or of an event, names and values together. How the service counts is unverified. */
const mostAttributeBytes = 1024;

const oneDestination: Rule<{ readonly destinationConfiguration?: Shapes["DestinationConfiguration"] }> = {
  path: "destinationConfiguration",
  message: "Must have exactly one of s3, cloudWatchLogs and firehose",
  broken: ({ destinationConfiguration: destination }) =>
    destination !== undefined &&
    [destination.s3, destination.cloudWatchLogs, destination.firehose].filter((each) => each !== undefined).length !==
      1,
};

const smallAttributes: Rule<{ readonly attributes?: Readonly<Record<string, string>> }> = {
  path: "attributes",
  message: "Names and values together must be at most 1 KB",
  broken: ({ attributes = {} }) => bytesOf(attributes) > mostAttributeBytes,
};

/** What IVS Chat documents and its model does not state. */
export const ivsChatRules: Rules<Operations> = {
  CreateLoggingConfiguration: [oneDestination],
  UpdateLoggingConfiguration: [oneDestination],
  CreateChatToken: [smallAttributes],
  SendEvent: [smallAttributes],
};
