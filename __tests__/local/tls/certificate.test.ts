import { X509Certificate } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeIdentity, toPem } from "#local/tls/certificate.ts";
import { integer, objectIdentifier, octetString } from "#local/tls/der.ts";

describe("the certificate of a process on this machine", () => {
  const now = new Date("2026-11-21T10:00:00Z");
  const identity = makeIdentity(now);
  const certificate = new X509Certificate(identity.certificate);

  test("is for localhost by both its names, and a certificate authority of its own", () => {
    expect(certificate.subject).toBe("CN=localhost");
    expect(certificate.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1");
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  test("serves as a server's and as a client's", () => {
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
  });

  test("is valid from a minute ago for a year", () => {
    expect(new Date(certificate.validFrom).toISOString()).toBe("2026-11-21T09:59:00.000Z");
    expect(new Date(certificate.validTo).toISOString()).toBe("2027-11-21T10:00:00.000Z");
  });

  test("reads the same from PEM", () => {
    expect(new X509Certificate(toPem(identity.certificate)).fingerprint256).toBe(certificate.fingerprint256);
  });

  test("is another one each time", () => {
    expect(new X509Certificate(makeIdentity().certificate).serialNumber).not.toBe(certificate.serialNumber);
  });
});

describe("DER", () => {
  test.each([
    ["1.2.840.10045.4.3.2", "06082a8648ce3d040302"],
    ["2.5.29.17", "0603551d11"],
  ])("writes the object identifier %s", (dotted, hex) => {
    expect(objectIdentifier(dotted).toString("hex")).toBe(hex);
  });

  test.each([
    ["00", "020100"],
    ["7f", "02017f"],
    ["80", "02020080"],
    ["0001", "020101"],
  ])("writes the integer %s as short as it can be and never negative", (bytes, hex) => {
    expect(integer(Buffer.from(bytes, "hex")).toString("hex")).toBe(hex);
  });

  test("writes lengths of any size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70_000 }), (length) => {
        const value = octetString(Buffer.alloc(length));
        const [, first = 0] = value;
        const read = first < 0x80 ? first : value.readUIntBE(2, first & 0x7f);
        expect(read).toBe(length);
      }),
    );
  });
});
