import * as v from "valibot";
import { ApiError, problemError } from "./api-error.ts";

export interface CallOptions {
  /** @default "GET" */
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. @default no body */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const timeoutMilliseconds = 10_000;

/**
 * Calls the API.
 *
 * @param path below `/api/`
 * @throws ApiError
 */
export async function call<Schema extends v.GenericSchema>(
  schema: Schema,
  path: string,
  { method = "GET", body, headers }: CallOptions = {},
): Promise<v.InferOutput<Schema>> {
  const json = body !== undefined && {
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
  const response = await send(`/api/${path}`, { method, headers: { ...headers }, ...json });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw problemError(response, answer);
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new ApiError(response.status, "The server's answer has not the form that this page knows.");
}

/** For calls whose answer says nothing more. */
export const nothing = v.unknown();

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMilliseconds) });
  } catch {
    throw new ApiError(0, "The server does not answer.");
  }
}
