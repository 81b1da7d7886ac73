import { generateKeyPairSync } from "node:crypto";
import {
  CreateChannelCommand,
  type CreateChannelRequest,
  CreateRecordingConfigurationCommand,
  type CreateRecordingConfigurationRequest,
  IvsClient,
} from "@aws-sdk/client-ivs";
import { onTestFinished } from "vitest";
import type { IvsOptions } from "#local/ivs/options.ts";
import { createIvs } from "#local/ivs/service.ts";
import { serveServices } from "../../support/service-server.ts";

/** A clock that moves only when told to. */
export const stoppedClock = (start = "2026-01-02T03:04:05.000Z") => {
  let time = Date.parse(start);
  return {
    now: () => time,
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
  };
};

/** An IVS of one test's own, a client of it, and what most tests begin with. */
export const startIvs = async (options: IvsOptions = {}) => {
  const service = createIvs({ settleMilliseconds: 0, ...options });
  const server = await serveServices(service);
  onTestFinished(() => server[Symbol.asyncDispose]());
  const ivs = new IvsClient(server.client());
  return {
    service,
    server,
    ivs,
    createChannel: async (input: CreateChannelRequest = {}) => {
      const { channel, streamKey } = await ivs.send(new CreateChannelCommand(input));
      if (!channel?.arn || !streamKey?.arn) throw new Error("no channel");
      return { ...channel, arn: channel.arn, streamKeyArn: streamKey.arn };
    },
    createRecording: async (input: Partial<CreateRecordingConfigurationRequest> = {}) => {
      const destinationConfiguration = { s3: { bucketName: "recordings" } };
      const command = new CreateRecordingConfigurationCommand({ destinationConfiguration, ...input });
      const { recordingConfiguration } = await ivs.send(command);
      if (!recordingConfiguration?.arn) throw new Error("no recording configuration");
      return recordingConfiguration as typeof recordingConfiguration & { arn: string };
    },
  };
};

/** What a refused call was refused with. */
export const refusalOf = async (call: Promise<unknown>) => {
  try {
    await call;
  } catch (error) {
    const { name, $metadata, exceptionMessage } = error as {
      name: string;
      $metadata: { httpStatusCode?: number };
      exceptionMessage?: string;
    };
    return { name, status: $metadata?.httpStatusCode, message: exceptionMessage };
  }
  throw new Error("the call was not refused");
};

/** A public key in PEM, new each time. */
export const newPublicKey = (namedCurve = "secp384r1") =>
  generateKeyPairSync("ec", { namedCurve }).publicKey.export({ type: "spki", format: "pem" }).toString();
