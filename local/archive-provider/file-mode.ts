/** Thrown for an output_file_mode that is no number. */
class FileModeError extends Error {
  readonly code = "ERR_FILE_MODE";
}

const DIGITS: readonly (readonly [prefix: RegExp, base: number, digits: RegExp])[] = [
  [/^0x/i, 16, /^_?[0-9a-f]+(_[0-9a-f]+)*$/i],
  [/^0b/i, 2, /^_?[01]+(_[01]+)*$/],
  [/^0o/i, 8, /^_?[0-7]+(_[0-7]+)*$/],
  [/^0(?=.)/, 8, /^_?[0-7]+(_[0-7]+)*$/],
  [/^/, 10, /^[0-9]+(_[0-9]+)*$/],
];

/**
 * Reads output_file_mode as the real provider does, by Go's rules for number prefixes: "0644" is octal, but "644" is
 * DECIMAL and means 1204 octal. Only the permission bits count.
 * @throws {FileModeError} for anything but a number below 2^32.
 */
export const parseFileMode = (text: string): number => {
  for (const [prefix, base, digits] of DIGITS) {
    if (!prefix.test(text)) continue;
    const rest = text.replace(prefix, "");
    const value = digits.test(rest) ? Number.parseInt(rest.replaceAll("_", ""), base) : Number.NaN;
    if (value <= 0xffffffff) return value % 0o1000;
    break;
  }
  throw new FileModeError(`error parsing output_file_mode value: ${text}`);
};
