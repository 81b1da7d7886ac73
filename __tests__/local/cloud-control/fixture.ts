import { createCloudControl } from "#local/cloud-control/service.ts";
import { createIvs, type Ivs } from "#local/ivs/service.ts";
import type { Service, ServiceRequest } from "#local/service.ts";

export const RECORDING = "AWS::IVS::RecordingConfiguration";
export const POLICY = "AWS::IVS::PlaybackRestrictionPolicy";

/** A ProgressEvent, as far as tests look at it. */
export interface Progress {
  readonly TypeName: string;
  readonly Identifier?: string;
  readonly RequestToken: string;
  readonly Operation: string;
  readonly OperationStatus: string;
  readonly ErrorCode?: string;
  readonly StatusMessage?: string;
}

/** Cloud Control over an IVS of its own, whose clock stands until a test moves it. */
export class Controlled {
  time = Date.parse("2026-01-02T03:04:05Z");
  readonly ivs: Ivs;
  readonly service: Service;

  constructor(options: Parameters<typeof createIvs>[0] = {}) {
    this.ivs = createIvs({ now: () => this.time, settleMilliseconds: 500, ...options });
    this.service = createCloudControl({ ivs: this.ivs, now: () => this.time });
  }

  request(operation: string, input: unknown): ServiceRequest {
    return {
      id: "00000000-0000-4000-8000-000000000000",
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": `CloudApiService.${operation}` },
      body: Buffer.from(typeof input === "string" ? input : JSON.stringify(input)),
      accountId: "000000000000",
      region: "eu-west-1",
    };
  }

  /** The answer, or `<error>: <message>`. */
  async call(operation: string, input: unknown): Promise<unknown> {
    const { headers, body } = await this.service.handle(this.request(operation, input));
    const error = headers?.["x-amzn-errortype"];
    return error === undefined ? body : `${error}: ${(body as { readonly Message: string }).Message}`;
  }

  /** How a request that is under way has ended, half a second later. */
  async ended(operation: string, input: unknown): Promise<Progress> {
    const begun = await this.call(operation, input);
    if (typeof begun === "string") throw new Error(begun);
    this.time += 500;
    const { RequestToken } = (begun as { readonly ProgressEvent: Progress }).ProgressEvent;
    const status = await this.call("GetResourceRequestStatus", { RequestToken });
    return (status as { readonly ProgressEvent: Progress }).ProgressEvent;
  }

  /** Makes one and answers its ARN. */
  async create(TypeName: string, desired: unknown): Promise<string> {
    const { Identifier, StatusMessage } = await this.ended("CreateResource", state(TypeName, desired));
    if (Identifier === undefined) throw new Error(StatusMessage);
    return Identifier;
  }

  async properties(TypeName: string, Identifier: string): Promise<unknown> {
    const answer = await this.call("GetResource", { TypeName, Identifier });
    if (typeof answer === "string") return answer;
    return JSON.parse((answer as Record<string, { Properties: string }>).ResourceDescription?.Properties ?? "");
  }
}

export const state = (TypeName: string, desired: unknown) => ({ TypeName, DesiredState: JSON.stringify(desired) });

export const patch = (TypeName: string, Identifier: string, ...operations: readonly unknown[]) => ({
  TypeName,
  Identifier,
  PatchDocument: JSON.stringify(operations),
});

export const recording = {
  Name: "nightly",
  DestinationConfiguration: { S3: { BucketName: "recordings" } },
  ThumbnailConfiguration: {
    RecordingMode: "INTERVAL",
    TargetIntervalSeconds: 30,
    Resolution: "SD",
    Storage: ["LATEST"],
  },
  RenditionConfiguration: { RenditionSelection: "CUSTOM", Renditions: ["HD"] },
  Tags: [{ Key: "team", Value: "live" }],
};
