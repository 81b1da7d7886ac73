import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Service, ServiceRequest } from "../service.ts";
import { answerJson } from "./answer.ts";
import type { CredentialScope } from "./credentials.ts";
import { transportOf } from "./headers.ts";
import type { RequestHead } from "./request-head.ts";

/** A route of the launcher, which has ministack's IAM engine and the secrets of the access keys. */
export type AskIam = <Answer>(route: "authenticate" | "authorize", question: unknown) => Promise<Answer>;

interface IamError {
  readonly error?: { readonly code: string; readonly message: string };
}

/** No operation of these services takes more. */
const BODY_LIMIT_BYTES = 1024 * 1024;

/** What services that speak JSON call the failures that ministack's engine names for the query protocol. */
const ERROR_NAMES: Readonly<Record<string, string>> = {
  SignatureDoesNotMatch: "InvalidSignatureException",
  CredentialDateMismatch: "InvalidSignatureException",
  RequestTimeTooSkewed: "InvalidSignatureException",
  IncompleteSignature: "IncompleteSignatureException",
  InvalidToken: "UnrecognizedClientException",
  InvalidClientTokenId: "UnrecognizedClientException",
  MissingAuthenticationToken: "MissingAuthenticationTokenException",
};

/** Undefined above the limit. It is read to its end all the same, or the client could not read the refusal. */
const readBody = async (incoming: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  return bytes > BODY_LIMIT_BYTES ? undefined : Buffer.concat(chunks);
};

interface Failure {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

/** `exceptionMessage` is the field of the IVS model, `message` that of IVS Chat and of the gate before both; unverified. */
const answerFailure = (outgoing: ServerResponse, id: string, { status, type, message }: Failure): void =>
  answerJson(
    outgoing,
    status,
    { message, exceptionMessage: message },
    { "x-amzn-errortype": type, "x-amzn-requestid": id },
  );

/** A signature covers the body by this hash; whoever checks the signature must check that it is the body's. */
const isSignedBody = (body: Buffer, claimed: string | undefined): boolean =>
  claimed === undefined || claimed === createHash("sha256").update(body).digest("hex");

const refused = ({ code, message }: NonNullable<IamError["error"]>): Failure => ({
  status: 403,
  type: ERROR_NAMES[code] ?? code,
  message,
});

/** Serves a call to an engine of ours as Amazon does: the signature, then what IAM says, then the call itself. */
export const callEngine = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  head: RequestHead,
  scope: CredentialScope,
  service: Service,
  askIam: AskIam,
): Promise<void> => {
  const id = randomUUID();
  const fail = (failure: Failure) => answerFailure(outgoing, id, failure);
  const body = await readBody(incoming);
  if (body === undefined) {
    return fail({ status: 413, type: "RequestEntityTooLargeException", message: "The request body is above 1 MiB." });
  }
  if (!isSignedBody(body, head.headers["x-amz-content-sha256"])) {
    const message = "The x-amz-content-sha256 header is not the hash of the request body.";
    return fail({ status: 403, type: "InvalidSignatureException", message });
  }
  const [path = "", query = ""] = head.target.split(/\?(.*)/s);
  const caller = await askIam<IamError & { accountId: string }>("authenticate", {
    accessKeyId: scope.accessKeyId,
    method: head.method,
    path,
    query,
    headers: Object.entries(head.headers),
    body: body.toString("base64"),
  });
  if (caller.error !== undefined) return fail(refused(caller.error));

  const request: ServiceRequest = {
    id,
    method: head.method,
    path,
    query: head.query,
    headers: head.headers,
    body,
    accountId: caller.accountId,
    region: scope.region,
  };
  const decision = await askIam<IamError>("authorize", {
    accessKeyId: scope.accessKeyId,
    service: service.name,
    region: scope.region,
    transport: transportOf(head.headers),
    permissions: service.permissions(request),
  });
  if (decision.error !== undefined) return fail(refused(decision.error));

  const answer = await service.handle(request);
  answerJson(outgoing, answer.status, answer.body, { ...answer.headers, "x-amzn-requestid": id });
};
