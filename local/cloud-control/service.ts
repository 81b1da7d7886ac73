import type { Ivs } from "../ivs/service.ts";
import type { Permission, Service, ServiceRequest } from "../service.ts";
import { ServiceError } from "../service-model/error.ts";
import { page } from "../service-model/pages.ts";
import { changedMembers, desiredMembers } from "./desired-state.ts";
import { engineCall, updateCalls } from "./engine-calls.ts";
import { patched } from "./json-patch.ts";
import { toMembers, toProperties } from "./properties.ts";
import { CONTENT_TYPE, Refusal, refused } from "./refusal.ts";
import { createRequests } from "./requests.ts";
import { type ResourceType, resourceTypeOf } from "./resource-type.ts";

export interface CloudControlOptions {
  /** What carries out requests for its resource types. */
  readonly ivs: Ivs;
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
}

type Input = Readonly<Record<string, unknown>>;

/** A request that has been understood. */
interface Prepared {
  /** What it asks of IVS, each of which the caller must be allowed. */
  readonly calls: readonly ServiceRequest[];
  readonly answer: () => unknown;
}

const TARGET = "CloudApiService.";
const readInput = ({ body }: ServiceRequest): Input => {
  try {
    const input: unknown = JSON.parse(body.toString("utf8"));
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input as Input;
  } catch {
    // Refused as any other body that is no object.
  }
  throw new Refusal("SerializationException", "The request body is not a JSON object");
};

const textOf = (input: Input, name: string): string => {
  const value = input[name];
  if (typeof value === "string" && value !== "") return value;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  const message = `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`;
  throw new Refusal("ValidationException", message);
};

/** AWS Cloud Control API (2021-09-30) for what our stacks declare by it, carried out by the IVS engine. */
export const createCloudControl = ({ ivs, now = Date.now }: CloudControlOptions): Service => {
  const tablesOf = ({ accountId, region }: ServiceRequest) => ivs.state.in(accountId, region);

  const find = (request: ServiceRequest, type: ResourceType, arn: string) => type.find(tablesOf(request), arn, now());

  const existing = (request: ServiceRequest, type: ResourceType, arn: string) => {
    const found = find(request, type, arn);
    if (found !== undefined) return found;
    const message = `Resource of type '${type.name}' with identifier '${arn}' was not found.`;
    throw new Refusal("ResourceNotFoundException", message);
  };

  const requests = createRequests({ ivs, now, find });

  const operations: Readonly<Record<string, (request: ServiceRequest, input: Input) => Prepared>> = {
    CreateResource: (request, input) => {
      const type = resourceTypeOf(textOf(input, "TypeName"));
      const members = desiredMembers(type, textOf(input, "DesiredState"));
      const calls = [engineCall(request, `Create${type.noun}`, members)];
      const about = { typeName: type.name, operation: "CREATE" } as const;
      return { calls, answer: () => requests.begin(request, input, calls, about) };
    },
    UpdateResource: (request, input) => {
      const type = resourceTypeOf(textOf(input, "TypeName"));
      const identifier = textOf(input, "Identifier");
      const before = existing(request, type, identifier);
      const properties = toProperties(before);
      const after = changedMembers(type, properties, patched(properties, textOf(input, "PatchDocument")));
      const calls = updateCalls(request, type, identifier, toMembers(properties), after);
      const about = { typeName: type.name, operation: "UPDATE", identifier } as const;
      const read = engineCall(request, `Get${type.noun}`, { arn: identifier });
      return { calls: [read, ...calls], answer: () => requests.begin(request, input, calls, about) };
    },
    DeleteResource: (request, input) => {
      const type = resourceTypeOf(textOf(input, "TypeName"));
      const identifier = textOf(input, "Identifier");
      const calls = [engineCall(request, `Delete${type.noun}`, { arn: identifier })];
      const about = { typeName: type.name, operation: "DELETE", identifier } as const;
      return { calls, answer: () => requests.begin(request, input, calls, about) };
    },
    GetResource: (request, input) => {
      const type = resourceTypeOf(textOf(input, "TypeName"));
      const arn = textOf(input, "Identifier");
      return {
        calls: [engineCall(request, `Get${type.noun}`, { arn })],
        answer: () => {
          const Properties = JSON.stringify(toProperties(existing(request, type, arn)));
          return { TypeName: type.name, ResourceDescription: { Identifier: arn, Properties } };
        },
      };
    },
    ListResources: (request, input) => {
      const type = resourceTypeOf(textOf(input, "TypeName"));
      return {
        calls: [engineCall(request, `List${type.plural}`, {})],
        answer: () => {
          const { MaxResults, NextToken } = input as { readonly MaxResults?: number; readonly NextToken?: string };
          const scope = ["ListResources", type.name, request.accountId, request.region];
          const asked = { ...(MaxResults && { maxResults: MaxResults }), ...(NextToken && { nextToken: NextToken }) };
          const listed = page(type.all(tablesOf(request)), asked, { scope, size: 100, key: ({ arn }) => arn });
          const descriptions = listed.items.map(({ arn }) => ({
            Identifier: arn,
            Properties: JSON.stringify({ Arn: arn }),
          }));
          const next = listed.nextToken && { NextToken: listed.nextToken };
          return { TypeName: type.name, ResourceDescriptions: descriptions, ...next };
        },
      };
    },
    GetResourceRequestStatus: (request, input) => ({
      calls: [],
      answer: () => {
        const token = textOf(input, "RequestToken");
        const event = requests.eventOf(request, token);
        if (event !== undefined) return event;
        throw new Refusal("RequestTokenNotFoundException", `Request with token ${token} was not found.`);
      },
    }),
  };

  const operationOf = ({ headers }: ServiceRequest): string => {
    const target = headers["x-amz-target"] ?? "";
    const name = target.startsWith(TARGET) ? target.slice(TARGET.length) : "";
    if (Object.hasOwn(operations, name)) return name;
    throw new Refusal("UnknownOperationException", `The local cloud has no operation ${target} of Cloud Control.`);
  };

  const prepare = (request: ServiceRequest, operation: string): Prepared | undefined => {
    const input = readInput(request);
    // Whose rights it would run by is not asked, so it is not carried out by the caller's instead.
    if (input.RoleArn !== undefined) throw new Refusal("ValidationException", "The local cloud takes no RoleArn.");
    return operations[operation]?.(request, input);
  };

  return {
    name: "cloudcontrolapi",
    permissions: (request) => {
      const asked: Permission[] = [];
      try {
        const operation = operationOf(request);
        // Cloud Control's actions have no resource types (service authorization reference).
        asked.push({ action: `cloudformation:${operation}`, resource: "*", context: {} });
        for (const call of prepare(request, operation)?.calls ?? []) asked.push(...ivs.permissions(call));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
      return asked;
    },
    handle: async (request) => {
      try {
        const body = await prepare(request, operationOf(request))?.answer();
        return { status: 200, headers: { "content-type": CONTENT_TYPE }, body };
      } catch (error) {
        if (error instanceof Refusal) return refused(error);
        if (error instanceof ServiceError) return refused(new Refusal("InvalidRequestException", error.message));
        console.error(error);
        return refused(new Refusal("InternalFailure", `Request ${request.id} failed unexpectedly`));
      }
    },
    save: requests.save,
    restore: requests.restore,
    get revision() {
      return requests.revision;
    },
  };
};
