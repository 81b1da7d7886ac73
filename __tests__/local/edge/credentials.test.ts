import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAuthorization, parsePresigned } from "#local/edge/credentials.ts";

const CREDENTIAL = "AKIDEXAMPLE/20260102/eu-west-1/ivschat/aws4_request";
const header = (credential: string) =>
  `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=0a1b`;
const presigned = (credential: string) =>
  new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": credential,
    "X-Amz-Signature": "0a1b",
  });

describe("the credential scope of an Authorization header", () => {
  it("names the access key, the region and the service", () => {
    expect(parseAuthorization(header(CREDENTIAL))).toEqual({
      accessKeyId: "AKIDEXAMPLE",
      region: "eu-west-1",
      service: "ivschat",
    });
  });

  it("is read without blanks after the commas, as some clients write it", () => {
    expect(parseAuthorization(header(CREDENTIAL).replaceAll(", ", ","))?.service).toBe("ivschat");
  });

  it.each([
    ["no header", undefined],
    ["a bearer token", "Bearer abc.def.ghi"],
    ["a basic password", "Basic dXNlcjpwYXNz"],
    ["signature version 2", "AWS AKIDEXAMPLE:c2lnbmF0dXJl"],
    ["no signature", `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host`],
    ["an empty signature", `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host, Signature=`],
    ["no signed headers", `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, Signature=0a`],
    ["two credentials", `${header(CREDENTIAL)}, Credential=${CREDENTIAL.replace("ivschat", "s3")}`],
    ["four parts", header("AKIDEXAMPLE/20260102/ivschat/aws4_request")],
    ["another ending", header("AKIDEXAMPLE/20260102/eu-west-1/ivschat/aws5_request")],
    ["no date", header("AKIDEXAMPLE/today/eu-west-1/ivschat/aws4_request")],
    ["no access key", header("/20260102/eu-west-1/ivschat/aws4_request")],
  ])("is not read from %s", (_, value) => {
    expect(parseAuthorization(value)).toBeUndefined();
  });

  it("survives any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const scope = parseAuthorization(`AWS4-HMAC-SHA256 ${text}`);
        expect(scope === undefined || scope.service !== "").toBe(true);
      }),
    );
  });

  it("comes back from any scope that was written", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/);
    fc.assert(
      fc.property(word, word, word, (accessKeyId, region, service) => {
        const scope = parseAuthorization(header(`${accessKeyId}/20260102/${region}/${service}/aws4_request`));
        expect(scope).toEqual({ accessKeyId, region, service });
      }),
    );
  });
});

describe("the credential scope of a presigned address", () => {
  it("names the service", () => {
    expect(parsePresigned(presigned(CREDENTIAL.replace("ivschat", "s3")))?.service).toBe("s3");
  });

  it("is not read without a signature", () => {
    const query = presigned(CREDENTIAL);
    query.delete("X-Amz-Signature");
    expect(parsePresigned(query)).toBeUndefined();
  });

  it("is not read where a credential stands twice, as two readers could take different ones", () => {
    const query = presigned(CREDENTIAL);
    query.append("X-Amz-Credential", CREDENTIAL.replace("ivschat", "s3"));
    expect(parsePresigned(query)).toBeUndefined();
  });
});
