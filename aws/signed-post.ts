import { createHash, createHmac } from "node:crypto";
import type { Agent } from "node:http";

/** Where a program finds its region and credentials: Lambda says them to each function. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface SignedCall {
  readonly url: URL;
  /** As its signatures name it: `dynamodb`. */
  readonly service: string;
  /** In lower case, without host and date. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/**
 * The headers of a POST without a query, with its Signature Version 4. AWS documents how it is made: "Create a signed AWS
 * API request" in the guide of IAM.
 */
export function signPost(call: SignedCall, environment: Environment, now: Date): Record<string, string> {
  const { url, service, body } = call;
  const { AWS_REGION = "", AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN } = environment;
  const time = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const signed: Record<string, string> = {
    ...call.headers,
    host: url.host,
    "x-amz-date": time,
    ...(AWS_SESSION_TOKEN && { "x-amz-security-token": AWS_SESSION_TOKEN }),
  };
  const names = Object.keys(signed).toSorted();
  const lines = names.map((name) => `${name}:${signed[name]}\n`).join("");
  const request = ["POST", url.pathname, "", lines, names.join(";"), sha256(body)].join("\n");
  const scope = [time.slice(0, 8), AWS_REGION, service, "aws4_request"];
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${AWS_SECRET_ACCESS_KEY}`);
  const toSign = ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(request)].join("\n");
  const credential = `AWS4-HMAC-SHA256 Credential=${AWS_ACCESS_KEY_ID}/${scope.join("/")}`;
  const signature = hmac(key, toSign).toString("hex");
  return { ...signed, authorization: `${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}` };
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

export type Post = (call: SignedCall, signal: AbortSignal) => Promise<Answered>;

/** As long as fetch keeps a connection that nobody uses: one that stood longer may be closed at its other end. */
const idleMilliseconds = 4000;

/**
 * Sends signed calls over connections that it keeps, and reads JSON. For who cannot wait for an SDK client, nor for
 * what Node loads at the first use of fetch or its headers, which is several times as much as HTTP itself. Nothing
 * of it is loaded before the first call, and nothing is tried twice.
 *
 * The post throws the signal's reason, the connection's error, or that of an answer that is not JSON.
 */
export function createPost(environment: Environment): Post {
  const agents = new Map<string, Agent>();
  return async (call, signal) => {
    const { url } = call;
    const { Agent, request } = url.protocol === "https:" ? await import("node:https") : await import("node:http");
    const agent = agents.get(url.protocol) ?? new Agent({ keepAlive: true, timeout: idleMilliseconds });
    agents.set(url.protocol, agent);
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => reject(signal.aborted ? signal.reason : error);
      const headers = { ...signPost(call, environment, new Date()), "content-length": Buffer.byteLength(call.body) };
      const sent = request(url, { method: "POST", agent, headers, signal }, async (answer) => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of answer) chunks.push(chunk);
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString("utf8")) });
        } catch (error) {
          fail(error);
        }
      });
      sent.on("error", fail);
      sent.end(call.body);
    });
  };
}
