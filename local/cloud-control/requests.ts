import { createHash, randomUUID } from "node:crypto";
import type { Service, ServiceRequest } from "../service.ts";
import { createState, type State } from "../service-model/state.ts";
import { carryOut, type Progress, progressEvent } from "./progress.ts";
import type { Members } from "./properties.ts";
import { Refusal } from "./refusal.ts";
import { type ResourceType, resourceTypeOf } from "./resource-type.ts";

/** Requests that change something: carried out, and told of by their tokens. */
export interface Requests extends Pick<State<never>, "save" | "restore" | "revision"> {
  /**
   * Carries a request out, once for each token of a client's, and answers that it is under way.
   *
   * @throws Refusal ClientTokenConflictException where the token was another request's
   */
  begin(
    request: ServiceRequest,
    input: Readonly<Record<string, unknown>>,
    calls: readonly ServiceRequest[],
    about: Pick<Progress, "typeName" | "operation" | "identifier">,
  ): Promise<unknown>;
  /** How a request goes, or has ended; undefined where the token is not known. */
  eventOf(request: ServiceRequest, token: string): unknown;
}

export interface RequestsOptions {
  readonly ivs: Service;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What IVS has now. */
  readonly find: (request: ServiceRequest, type: ResourceType, arn: string) => Members | undefined;
}

/** For so long a token is known, as on AWS. */
const TOKEN_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

export const createRequests = ({ ivs, now, find }: RequestsOptions): Requests => {
  const state = createState<{ readonly requests: Progress }>(["requests"]);
  const rowsOf = ({ accountId, region }: ServiceRequest) => state.in(accountId, region).requests;

  const told = (request: ServiceRequest, progress: Progress) => {
    const made = progress.operation === "CREATE" && progress.identifier;
    const found = made ? find(request, resourceTypeOf(progress.typeName), made) : undefined;
    return { ProgressEvent: progressEvent(progress, found?.state) };
  };

  const remember = (request: ServiceRequest, progress: Progress) => {
    const rows = rowsOf(request);
    for (const { token, at } of rows.all()) if (at < now() - TOKEN_MILLISECONDS) rows.delete(token);
    rows.put(progress.token, progress);
  };

  return {
    begin: async (request, input, calls, about) => {
      const clientToken = input.ClientToken as string | undefined;
      const fingerprint = createHash("sha256").update(request.body).digest("hex");
      const rows = rowsOf(request).all();
      const earlier = clientToken === undefined ? undefined : rows.find((one) => one.clientToken === clientToken);
      if (earlier !== undefined) {
        if (earlier.fingerprint === fingerprint) return told(request, earlier);
        throw new Refusal("ClientTokenConflictException", `ClientToken ${clientToken} was used by another request`);
      }
      const { body, failure } = await carryOut(ivs, calls);
      const [made] = Object.values((body ?? {}) as Record<string, { readonly arn?: string }>);
      const identifier = about.identifier ?? (failure ? undefined : made?.arn);
      const progress: Progress = {
        ...about,
        token: randomUUID(),
        at: now(),
        fingerprint,
        ...(identifier !== undefined && { identifier }),
        ...(failure && { failure }),
        ...(clientToken !== undefined && { clientToken }),
      };
      remember(request, progress);
      const { TypeName, RequestToken, Operation, EventTime } = progressEvent(progress, undefined);
      const Identifier = about.identifier && { Identifier: about.identifier };
      const event = { TypeName, ...Identifier, RequestToken, Operation, OperationStatus: "IN_PROGRESS", EventTime };
      return { ProgressEvent: event };
    },
    eventOf: (request, token) => {
      const progress = rowsOf(request).get(token);
      return progress && told(request, progress);
    },
    save: () => state.save(),
    restore: (saved) => state.restore(saved),
    get revision() {
      return state.revision;
    },
  };
};
