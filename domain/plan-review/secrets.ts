/** What stands in the place of a secret. */
export const hidden = "(secret)";

/**
 * Values that are secrets by their form, whether Terraform knows it or not: stream keys, PEM of private keys, JSON Web
 * Tokens, access keys of AWS that are of a user. One may follow an underscore, and none begins within a word: a `task_queue_1`
 * is no stream key.
 */
const secretForms: readonly RegExp[] = [
  /(?<![A-Za-z0-9])sk_[a-z0-9-]+_[A-Za-z0-9_-]{4,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<![A-Za-z0-9])eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g,
  /(?<![A-Za-z0-9])A(KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
];

/** What the name of an attribute or variable ends with that holds a secret. `secret_name` and `token_seconds` are none. */
const secretNames = [
  ...["password", "passphrase", "secret", "secret_string", "secret_binary", "secret_key", "secret_access_key"],
  ...["client_secret", "private_key", "private_key_pem", "stream_key", "api_key"],
  ...["auth_token", "access_token", "session_token", "refresh_token"],
];
const secretName = new RegExp(`(^|[_-])(${secretNames.join("|")})$`, "i");

export const isSecretName = (name: string): boolean => secretName.test(name);

/** A text with {@link hidden} for each secret that is known by its form. */
export function withoutSecrets(text: string): string {
  return secretForms.reduce((clean, form) => clean.replace(form, hidden), text);
}
