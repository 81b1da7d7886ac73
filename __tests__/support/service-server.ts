import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Service, ServiceRequest, ServiceResponse } from "#local/service.ts";
import { loadModel, memberOf, type ServiceModel, shapeOf } from "#local/service-model/model.ts";
import { matchOperation } from "#local/service-model/request.ts";
import { checkAnswer } from "#local/service-model/validate.ts";

/** Engines behind one address, without the edge: nothing is refused that an engine does not refuse. */
export interface ServiceServer extends AsyncDisposable {
  /** For example `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Options for an SDK client that talks to it. */
  client(options?: { accountId?: string; region?: string }): {
    readonly endpoint: string;
    readonly region: string;
    readonly maxAttempts: number;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

const scope = /Credential=([^/]+)\/[^/]+\/([^/]+)\/([^/]+)\/aws4_request/;

const readBody = async (request: IncomingMessage) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Refusals that any operation may give, whether its model lists them or not. */
const anyTime = ["ThrottlingException", "InternalServerException"];

/** Throws where an answer is not what the published model promises for the operation. */
const holdToModel = (model: ServiceModel, request: ServiceRequest, { status, headers, body }: ServiceResponse) => {
  const matched = matchOperation(model, request);
  if (matched === undefined) return;
  const { name, operation } = matched;
  const error = headers?.["x-amzn-errortype"];
  if (error !== undefined && ![...operation.errors, ...anyTime].includes(error)) {
    throw new Error(`${name} answered ${error}, which its model does not list`);
  }
  const shape = error ?? operation.output;
  const expected = error === undefined ? operation.status : shapeOf(model, error).status;
  const json = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
  const problems = shape === undefined ? [] : checkAnswer(model, shape, json);
  if (status !== expected || problems.length > 0 || (shape === undefined && body !== undefined)) {
    throw new Error(`${name} answered ${status}, not as its model says: ${JSON.stringify({ body, problems })}`);
  }
};

const models = new Map<string, ServiceModel>();
const modelOf = (service: string) => {
  const model = models.get(service) ?? loadModel(service as "ivs" | "ivschat");
  models.set(service, model);
  return model;
};

const answer = async (services: readonly Service[], request: IncomingMessage, response: ServerResponse) => {
  const [, accountId = "", region = "", name = ""] = scope.exec(request.headers.authorization ?? "") ?? [];
  const service = services.find((each) => each.name === name);
  if (service === undefined) throw new Error(`no service ${name}`);
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const received: ServiceRequest = {
    id: "00000000-0000-4000-8000-000000000000",
    method: request.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers as Record<string, string>,
    body: await readBody(request),
    accountId,
    region,
  };
  const answered = await service.handle(received);
  holdToModel(modelOf(service.name), received, answered);
  const { status, headers, body } = answered;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
};

/**
 * Serves engines on a free port of 127.0.0.1; account and region come from the request's signature.
 * Every answer is held to the published model: one that does not fit becomes a 500 that says why.
 */
export const serveServices = async (...services: readonly Service[]): Promise<ServiceServer> => {
  const server = createServer((request, response) => {
    answer(services, request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    client: ({ accountId = "000000000000", region = "eu-west-1" } = {}) => ({
      endpoint: url,
      region,
      maxAttempts: 1,
      credentials: { accessKeyId: accountId, secretAccessKey: "local" },
    }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly errorType: string | null;
  readonly body: unknown;
}

/** Sends one operation as the model places it, checked by nobody on the way. */
export const sendRaw = async (
  { url, client }: ServiceServer,
  model: ServiceModel,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<WireAnswer> => {
  const { method, path, input: shape } = model.operations[operation] ?? { method: "POST", path: `/${operation}` };
  const places = Object.entries((shape && shapeOf(model, shape).members) ?? {}).map(
    ([name, member]) => [name, memberOf(member)] as const,
  );
  const target = new URL(url);
  target.pathname = path;
  const body = { ...input };
  for (const [name, place] of places) {
    if (place.in === "body") continue;
    const values = [input[name]].flat().filter((value) => value !== undefined);
    delete body[name];
    if (place.in === "uri") target.pathname = path.replace(`{${place.name}}`, encodeURIComponent(values.join("")));
    else for (const value of values) target.searchParams.append(place.name, String(value));
  }
  const { credentials, region } = client();
  const response = await fetch(target, {
    method,
    headers: {
      "content-type": "application/json",
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/${model.service}/aws4_request`,
    },
    ...(method !== "GET" && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    errorType: response.headers.get("x-amzn-errortype"),
    body: text === "" ? undefined : JSON.parse(text),
  };
};
