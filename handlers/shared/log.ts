type Fields = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/**
 * Writes one line of JSON to the function's log. Give it ids and codes, never what a person wrote or where they are.
 * It goes to stdout itself, because the console of Lambda puts a prefix before each line, and it is this small because
 * a logging library would take ten times as long to load as the whole review handler.
 */
export function log(level: "info" | "warn" | "error", message: string, fields: Fields = {}): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}
