import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Something that must not be found, in every form in which it may have been written down. */
export interface Secret {
  readonly name: string;
  readonly forms: readonly Buffer[];
}

export const textSecret = (name: string, text: string): Secret => ({ name, forms: [Buffer.from(text)] });

/** The private half of a P-384 key: the lines of its PEM that are not the public half again, and the number itself. */
export function privateKeySecret(name: string, key: KeyObject): Secret {
  const [, first = "", second = ""] = key.export({ type: "pkcs8", format: "pem" }).toString().split("\n");
  const { d = "" } = key.export({ format: "jwk" });
  const number = Buffer.from(d, "base64url");
  return { name, forms: [number, ...[first, second, d, number.toString("hex")].map((text) => Buffer.from(text))] };
}

export const signingKeyPair = () => generateKeyPairSync("ec", { namedCurve: "P-384" });

/** The names of the secrets that are in it. */
export const secretsIn = (content: Buffer | string, secrets: readonly Secret[]): string[] =>
  secrets.filter(({ forms }) => forms.some((form) => content.includes(form as never))).map(({ name }) => name);

/** Every file below a folder that holds a secret, as `<path>: <name>`. Links are not followed: they lead to programs. */
export function filesWith(folder: string, secrets: readonly Secret[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => secretsIn(readFileSync(path), secrets).map((name) => `${relative(folder, path)}: ${name}`))
    .sort();
}
