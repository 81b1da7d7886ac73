import type { ClaimFault } from "#domain/playback/claims.ts";
import { jsonAnswer, jsonFailure } from "../onair/json-result.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { explainClaims } from "./explain.ts";
import { readToken, tokenIn } from "./read-token.ts";
import { checkSignature, type SignedBy } from "./signed-by.ts";
import type { TokenOptions } from "./verb.ts";

/** What is known of a token; the token itself is not repeated. */
export interface Inspection {
  /** Null where they cannot be read. */
  readonly claims: Readonly<Record<string, unknown>> | null;
  readonly signature: SignedBy;
  /** All that is wrong with it. */
  readonly faults: readonly ClaimFault[];
}

/** No token is nearly as long. */
const mostCharacters = 65_536;

/** `onair token inspect`; returns the exit code. */
export async function inspectToken(terminal: Terminal, given: string, options: TokenOptions): Promise<number> {
  const text = given === "-" ? await readStdin(terminal) : given;
  const now = Date.now();
  const token = readToken(tokenIn(text), now);
  const signature = await checkSignature(terminal, token, options);
  const faults = [...token.faults, ...signatureFaults(signature)];
  const inspection: Inspection = { claims: token.claims ?? null, signature, faults };
  const failure = faults.length === 0 ? undefined : unusable(faults);
  if (options.json)
    terminal.answer(failure ? jsonFailure("token", failure, inspection) : jsonAnswer("token", inspection));
  else for (const line of inspectionLines(inspection, now)) terminal.answer(line);
  return failure ? terminal.fail(failure) : 0;
}

async function readStdin(terminal: Terminal): Promise<string> {
  if (process.stdin.isTTY) terminal.note("Paste the token or the address, then Enter and Ctrl-D.");
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) {
    text += chunk;
    if (text.length > mostCharacters) break;
  }
  return text.slice(0, mostCharacters);
}

function signatureFaults(signature: SignedBy): ClaimFault[] {
  if (signature.state !== "not-signed") return [];
  const { keys } = signature;
  const rule = keys.length === 1 ? `must be by ${keys[0]}` : `must be by one of ${keys.join(", ") || "no keys"}`;
  return [{ claim: "signature", rule, got: "another" }];
}

const inWords = ({ claim, rule, got }: ClaimFault): string => `${claim} ${rule}; got ${got}.`;

function unusable(faults: readonly ClaimFault[]): CliError {
  const what = `${faults.length === 1 ? "One thing is" : `${faults.length} things are`} wrong with this token.`;
  const cure = "Ask for another one, or make one: onair playback-url --help";
  return new CliError("TOKEN_UNUSABLE", what, faults.map(inWords).slice(0, 4).join("\n"), cure);
}

/** A token for people to read: what each claim allows, who signed it, what is wrong. */
export function inspectionLines({ claims, signature, faults }: Inspection, now: number): string[] {
  const rows = claims === null ? [] : explainClaims(claims, now);
  const width = Math.max(0, ...rows.map(([claim]) => claim.length));
  return [
    ...rows.map(([claim, words]) => `${claim.padEnd(width)}  ${words}`),
    ...(rows.length === 0 ? ["Its claims cannot be read."] : []),
    `Signature: ${signatureWords(signature)}`,
    ...(faults.length === 0 ? ["Nothing is wrong with it."] : ["Wrong:", ...faults.map((one) => `  ${inWords(one)}`)]),
  ];
}

function signatureWords(signature: SignedBy): string {
  if (signature.state === "signed") return `good, by ${signature.key}`;
  if (signature.state === "not-checked") return `not checked: ${signature.why}`;
  return "by none of the keys that were tried";
}
