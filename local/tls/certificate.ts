import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import {
  bitString,
  derTrue,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utcTime,
  utf8String,
} from "./der.ts";

/** A certificate and the private key that only this process holds. */
export interface Identity {
  /** X.509 in DER. */
  readonly certificate: Buffer;
  /** PKCS #8 in PEM. Never written to a file or a log. */
  readonly privateKey: string;
}

const COMMON_NAME = objectIdentifier("2.5.4.3");
const ECDSA_WITH_SHA256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const SERVER_AND_CLIENT = sequence(objectIdentifier("1.3.6.1.5.5.7.3.1"), objectIdentifier("1.3.6.1.5.5.7.3.2"));
/** digitalSignature, keyEncipherment, keyAgreement, keyCertSign: bits 0, 2, 4 and 5, two bits unused. */
const KEY_USAGE = bitString(Buffer.from([0b10101100]), 2);

const extension = (identifier: string, value: Buffer, critical = false): Buffer =>
  sequence(objectIdentifier(identifier), ...(critical ? [derTrue] : []), octetString(value));

const extensions = sequence(
  extension("2.5.29.19", sequence(derTrue), true),
  extension("2.5.29.15", KEY_USAGE, true),
  extension("2.5.29.37", SERVER_AND_CLIENT),
  extension("2.5.29.17", sequence(implicit(2, Buffer.from("localhost")), implicit(7, Buffer.of(127, 0, 0, 1)))),
);

const DAY = 24 * 60 * 60 * 1000;

/**
 * Makes a self-signed P-256 certificate for `localhost` and 127.0.0.1, valid from a minute ago for a year: the identity of
 * one process on this machine. Terraform pins a plugin's (it is its own root), so it must carry CA:true and both extended
 * key usages; encoders that check who they send to can be given it as their authority.
 */
export const makeIdentity = (now = new Date()): Identity => {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(COMMON_NAME, utf8String("localhost"))));
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(new Date(now.getTime() - 60_000)), utcTime(new Date(now.getTime() + 365 * DAY))),
    name,
    keys.publicKey.export({ type: "spki", format: "der" }),
    explicit(3, extensions),
  );
  return {
    certificate: sequence(body, ECDSA_WITH_SHA256, bitString(sign("sha256", body, keys.privateKey))),
    privateKey: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
};

/** The same certificate in PEM, as TLS wants it. */
export const toPem = (certificate: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
