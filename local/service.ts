/** One request to an Amazon service as it came over the wire, after the edge let it in. */
export interface ServiceRequest {
  /** Unique per request; goes out as `x-amzn-requestid`. */
  readonly id: string;
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Twelve digits: the account that the caller's credentials belong to. */
  readonly accountId: string;
  /** From the credential scope of the signature. */
  readonly region: string;
}

/** An answer; `body` is sent as JSON, and no body at all where it is undefined. */
export interface ServiceResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One thing that IAM must allow before a request is served. */
export interface Permission {
  /** For example `ivs:CreateChannel`. */
  readonly action: string;
  /** An ARN, or `*` where the service defines no resource type for the action. */
  readonly resource: string;
  /** Condition keys and values, for example `aws:ResourceTag/project`. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** An engine of ours that stands for one Amazon service behind the edge. */
export interface Service {
  /** The service's name in a SigV4 credential scope, for example `ivs`. */
  readonly name: string;
  /** What the caller must be allowed to do; empty for a request that {@link handle} refuses anyway. */
  permissions(request: ServiceRequest): readonly Permission[];
  handle(request: ServiceRequest): Promise<ServiceResponse>;
  /** Everything that must survive a restart, as JSON; never called while {@link handle} changes state. */
  save(): unknown;
  restore(saved: unknown): void;
  /** Grows with each change of state, so that persistence can skip what is unchanged. */
  readonly revision: number;
}
