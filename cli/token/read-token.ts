import { type ClaimFault, claimFaults } from "#domain/playback/claims.ts";
import { tokenHeader } from "#domain/playback/signer.ts";

type Json = Readonly<Record<string, unknown>>;

/** A playback token taken apart, as far as it can be. */
export interface ReadToken {
  /** Undefined where it is no JSON object. */
  readonly claims: Json | undefined;
  /** All that is wrong, but for who signed it. Never holds the token. */
  readonly faults: readonly ClaimFault[];
  /** What was signed, and the signature; undefined where no key can have made it. */
  readonly signed: { readonly text: string; readonly signature: Buffer } | undefined;
}

/** r and s of 48 bytes each, as JOSE writes a signature of P-384. */
const signatureBytes = 96;

/** The token in a text: itself, or the `token` of an address. */
export function tokenIn(text: string): string {
  const trimmed = text.trim();
  const [, ofAddress] = /[?&]token=([^&#\s]*)/.exec(trimmed) ?? [];
  return ofAddress === undefined ? trimmed : safeDecode(ofAddress);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Reads a token and lists what is wrong with it, without a key.
 *
 * @param now milliseconds since 1970
 */
export function readToken(token: string, now: number): ReadToken {
  const parts = token.split(".");
  if (parts.length !== 3) {
    const rule = "must be three parts with a point between them";
    return { claims: undefined, faults: [{ claim: "token", rule, got: `${parts.length}` }], signed: undefined };
  }
  const [head = "", body = "", end = ""] = parts;
  const header = readObject("header", head);
  const payload = readObject("payload", body);
  const signature = readSignature(end);
  const headerRules = header.value === undefined ? [] : headerFaults(header.value);
  return {
    claims: payload.value,
    faults: [
      ...header.faults,
      ...headerRules,
      ...payload.faults,
      ...(payload.value === undefined ? [] : claimFaults(payload.value, now)),
      ...signature.faults,
    ],
    signed:
      signature.value && header.value?.alg === tokenHeader.alg
        ? { text: `${head}.${body}`, signature: signature.value }
        : undefined,
  };
}

interface Part<Value> {
  readonly value: Value | undefined;
  readonly faults: readonly ClaimFault[];
}

function decode(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, "base64url");
  return part !== "" && bytes.toString("base64url") === part ? bytes : undefined;
}

const fault = (claim: string, rule: string, got: string) => ({ value: undefined, faults: [{ claim, rule, got }] });

function readObject(name: string, part: string): Part<Json> {
  const bytes = decode(part);
  if (bytes === undefined) return fault(name, "must be base64url without padding", `${part.length} other characters`);
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { value: value as Json, faults: [] };
  } catch {
    // Said below.
  }
  return fault(name, "must be a JSON object", `${bytes.length} other bytes`);
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 80);

/** The service takes one header only. */
function headerFaults(header: Json): ClaimFault[] {
  const wrong = Object.entries(tokenHeader).filter(([name, value]) => header[name] !== value);
  return [
    ...wrong.map(([name, value]) => ({ claim: `header.${name}`, rule: `must be ${value}`, got: shown(header[name]) })),
    ...("crit" in header ? [{ claim: "header.crit", rule: "must not be there", got: shown(header.crit) }] : []),
  ];
}

function readSignature(part: string): Part<Buffer> {
  const bytes = decode(part);
  const name = "signature";
  if (bytes === undefined) return fault(name, "must be base64url without padding", `${part.length} other characters`);
  if (bytes.length === signatureBytes) return { value: bytes, faults: [] };
  // SEQUENCE, and its length.
  const isDer = bytes[0] === 0x30 && bytes[1] === bytes.length - 2;
  const rule = `must be ${signatureBytes} bytes, r and s`;
  return fault(name, rule, `${bytes.length} bytes${isDer ? " of DER, as KMS answers" : ""}`);
}
