/** The numbers r and s of a P-384 signature have so many bytes each. */
const numberBytes = 48;

/** What KMS answered is not the DER of one P-384 signature. */
export class SignatureError extends Error {
  readonly code = "ERR_SIGNATURE";

  constructor(rule: string) {
    super(`A signature ${rule}.  ERR_SIGNATURE`);
    this.name = "SignatureError";
  }
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** Reads one DER integer at an offset (X.690, 8.3): positive, and as short as can be. */
function readNumber(der: Uint8Array, at: number): { readonly digits: Uint8Array; readonly end: number } {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (der[at] !== INTEGER || length === 0 || end > der.length) throw new SignatureError("must be two DER integers");
  const [first = 0, second = 0] = [der[at + 2], der[at + 3]];
  if (first >= 0x80) throw new SignatureError("must have no negative integer");
  if (first === 0 && length > 1 && second < 0x80) throw new SignatureError("must have integers without padding");
  const digits = der.subarray(first === 0 ? at + 3 : at + 2, end);
  if (digits.length === 0) throw new SignatureError("must have no integer of 0");
  if (digits.length > numberBytes) throw new SignatureError(`must have integers of at most ${numberBytes} bytes`);
  return { digits, end };
}

/**
 * A P-384 signature as JOSE writes it (RFC 7518, 3.4: r and s of 48 bytes each), from the DER that KMS answers
 * (SEQUENCE of two INTEGERs, which drop leading zeros and gain one before a high bit).
 *
 * @throws SignatureError for everything that is not exactly one signature in DER
 */
export function joseSignature(der: Uint8Array): Uint8Array {
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2) throw new SignatureError("must be one DER sequence");
  const r = readNumber(der, 2);
  const s = readNumber(der, r.end);
  if (s.end !== der.length) throw new SignatureError("must end after two integers");
  const jose = new Uint8Array(2 * numberBytes);
  jose.set(r.digits, numberBytes - r.digits.length);
  jose.set(s.digits, 2 * numberBytes - s.digits.length);
  return jose;
}
