/** Who signed a request, and for what, as its Signature Version 4 says; not yet checked. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  /** The service's signing name, for example `s3` or `ivschat`. */
  readonly service: string;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/** Reads `<access key>/<date>/<region>/<service>/aws4_request`. */
const parseCredential = (credential: string): CredentialScope | undefined => {
  const parts = credential.split("/");
  const [accessKeyId, date, region, service, end] = parts;
  if (parts.length !== 5 || end !== "aws4_request" || !/^\d{8}$/.test(date ?? "")) return undefined;
  if (!accessKeyId || !region || !service) return undefined;
  return { accessKeyId, region, service };
};

/** From an Authorization header; undefined where it is absent or of another kind. */
export const parseAuthorization = (header: string | undefined): CredentialScope | undefined => {
  if (header === undefined || !header.startsWith(`${ALGORITHM} `)) return undefined;
  const fields = new Map<string, string>();
  for (const part of header.slice(ALGORITHM.length + 1).split(",")) {
    const [name = "", ...value] = part.trim().split("=");
    if (fields.has(name)) return undefined;
    fields.set(name, value.join("="));
  }
  if (!fields.get("Signature") || !fields.get("SignedHeaders")) return undefined;
  return parseCredential(fields.get("Credential") ?? "");
};

/** From the query of a presigned address; undefined where it is not one. */
export const parsePresigned = (query: URLSearchParams): CredentialScope | undefined => {
  const one = (name: string) => (query.getAll(name).length === 1 ? (query.get(name) ?? "") : "");
  if (one("X-Amz-Algorithm") !== ALGORITHM || one("X-Amz-Signature") === "") return undefined;
  return parseCredential(one("X-Amz-Credential"));
};
