import { SignerBusyError } from "#domain/playback/signer.ts";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import { CliError } from "../terminal/cli-error.ts";

/** How KMS and Secrets Manager say that there is none. */
const unknown = new Set(["NotFoundException", "ResourceNotFoundException"]);
/** How KMS says that a key cannot do what it is asked for, and how we say that a secret does not hold what it should. */
const unusable =
  /^(InvalidKeyUsage|UnsupportedOperation|Disabled|KMSInvalidState|ValidationException$)|^ERR_SIGN(ING_KEY|ATURE)$/;

/**
 * A failed use of a playback key as an error that says what to do; other errors stay what they are.
 *
 * @param key what it is called: `KMS key alias/tokens`, `secret onair-dev/playback-keys/ours`
 */
export function keyFailure(thrown: unknown, key: string, again: string): unknown {
  if (thrown instanceof SignerBusyError) {
    return new CliError(
      "AWS_UNREACHABLE",
      thrown.message.replace(/\s+ERR_\w+$/, ""),
      "",
      `In a while, again: ${again}`,
    );
  }
  if (!(thrown instanceof Error) || thrown instanceof CliError) return thrown;
  const { name, message } = thrown;
  if (unknown.has(name)) return new CliError("KEY_UNKNOWN", `There is no ${key}.`, message, "See: onair keys list");
  const code = "code" in thrown ? String(thrown.code) : name;
  if (unusable.test(code) || unusable.test(name)) {
    const why = message.replace(/\s+ERR_\w+$/, "");
    const cure = "Use a key of spec ECC_NIST_P384 that is enabled: onair keys list";
    return new CliError("KEY_UNUSABLE", `The ${key} signs no playback tokens.`, why, cure);
  }
  return awsFailure(thrown, again);
}
