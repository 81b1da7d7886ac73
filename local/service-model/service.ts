import type { Service, ServiceRequest, ServiceResponse } from "../service.ts";
import { ServiceError } from "./error.ts";
import type { ServiceModel } from "./model.ts";
import { type PermissionTable, permissionsFor } from "./permissions.ts";
import type { RateLimiter } from "./rates.ts";
import { type MatchedOperation, matchOperation, readInput } from "./request.ts";
import { failure, invalidInput, success } from "./respond.ts";
import { brokenRules, type Rule, type Rules } from "./rules.ts";
import { type Place, placeKey, type State, type Tables } from "./state.ts";
import { validate } from "./validate.ts";

type InputsAndOutputs<Operations> = {
  readonly [Name in keyof Operations]: { readonly input: unknown; readonly output: unknown };
};

/** What every operation gets besides its input. */
export interface Call<Rows> extends Place {
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Of the caller's account and region. */
  readonly tables: Tables<Rows>;
}

/** One function for each operation of the model; it changes tables only after its last await. */
export type OperationTable<Operations extends InputsAndOutputs<Operations>, OneCall> = {
  readonly [Name in keyof Operations]: (
    call: OneCall,
    input: Operations[Name]["input"],
  ) => Operations[Name]["output"] | Promise<Operations[Name]["output"]>;
};

/** One Amazon service, as data. */
export interface Definition<Operations extends InputsAndOutputs<Operations>, Rows, OneCall extends Call<Rows>> {
  readonly model: ServiceModel;
  readonly state: State<Rows>;
  readonly operations: OperationTable<Operations, OneCall>;
  readonly rules: Rules<Operations>;
  readonly permissions: PermissionTable<Operations>;
  readonly limitRate: RateLimiter;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Adds what only this service's operations need. */
  readonly openCall: (call: Call<Rows>) => OneCall;
  /** The answer to a method and path that the model does not have. */
  readonly unknownOperation: () => ServiceError;
}

type Input = Record<string, unknown>;

/** Makes a service of its definition: finds the operation, validates, throttles, runs it, writes the answer. */
export const createService = <Operations extends InputsAndOutputs<Operations>, Rows, OneCall extends Call<Rows>>(
  definition: Definition<Operations, Rows, OneCall>,
): Service => {
  const { model, state } = definition;
  const nameOf = (matched: MatchedOperation) => matched.name as keyof Operations & string;

  const problemsOf = (matched: MatchedOperation, input: Input) => {
    const problems = validate(model, matched.operation.input, input);
    if (problems.length > 0) return problems;
    return brokenRules((definition.rules[nameOf(matched)] ?? []) as readonly Rule<Input>[], input);
  };

  const run = async (request: ServiceRequest): Promise<ServiceResponse> => {
    const matched = matchOperation(model, request);
    if (matched === undefined) throw definition.unknownOperation();
    const { accountId, region, id: requestId } = request;
    const now = definition.now();
    const input = readInput(model, matched, request);
    definition.limitRate({ place: placeKey({ accountId, region }), operation: matched.name, now }, input);
    const problems = problemsOf(matched, input);
    if (problems.length > 0) throw invalidInput(problems);
    const call = definition.openCall({ accountId, region, requestId, now, tables: state.in(accountId, region) });
    const output = await definition.operations[nameOf(matched)](call, input as Operations[keyof Operations]["input"]);
    return success(matched.operation, output);
  };

  const permissions = (request: ServiceRequest) => {
    const matched = matchOperation(model, request);
    if (matched === undefined) return [];
    const input = readInput(model, matched, request);
    if (problemsOf(matched, input).length > 0) return [];
    const tables = state.in(request.accountId, request.region);
    return permissionsFor(request, model.service, matched.name, definition.permissions[nameOf(matched)], input, tables);
  };

  return {
    name: model.service,
    permissions: (request) => {
      try {
        return permissions(request);
      } catch (error) {
        if (error instanceof ServiceError) return [];
        throw error;
      }
    },
    handle: async (request) => {
      try {
        return await run(request);
      } catch (error) {
        if (error instanceof ServiceError) return failure(model, request.accountId, error);
        console.error(error);
        const fault = new ServiceError("InternalServerException", `Request ${request.id} failed unexpectedly`);
        return failure(model, request.accountId, fault);
      }
    },
    save: () => state.save(),
    restore: (saved) => state.restore(saved),
    get revision() {
      return state.revision;
    },
  };
};
