/** How one output stream may be written to. */
export interface Style {
  /** Colour and weight escape codes are understood and wanted. */
  readonly color: boolean;
  /** A line may be repainted in place; otherwise every line is final. */
  readonly live: boolean;
  /** Symbols outside ASCII show as they should. */
  readonly unicode: boolean;
  /** Width in characters; a live line never gets longer. @default 80 */
  readonly columns: number;
}

/** The part of a `WriteStream` that decides a style. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Decides by the conventions that terminals share: FORCE_COLOR wins, then NO_COLOR, then TERM=dumb, then whether somebody
 * looks (TTY). `CI` switches repainting off. Symbols need a UTF-8 locale (LC_ALL, else LC_CTYPE, else LANG).
 */
export function detectStyle(stream: OutputStream, environment: Environment): Style {
  const terminal = stream.isTTY === true && environment.TERM !== "dumb";
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "";
  return {
    color: forcedColor(environment.FORCE_COLOR) ?? (terminal && !environment.NO_COLOR),
    live: terminal && !environment.CI,
    unicode: /utf-?8/i.test(locale),
    columns: stream.columns || 80,
  };
}

function forcedColor(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  return value !== "0" && value !== "false";
}

const codes = { green: "32", red: "31", yellow: "33", dim: "2" } as const;

/** Wraps a text in a colour where the style has colours; colour never carries a meaning alone. */
export function paint(style: Style, color: keyof typeof codes, text: string): string {
  return style.color ? `\u001b[${codes[color]}m${text}\u001b[0m` : text;
}

const symbols = {
  done: { unicode: "✓", ascii: "ok" },
  failed: { unicode: "✗", ascii: "x" },
  running: { unicode: "…", ascii: ".." },
} as const;

export function symbol(style: Style, name: keyof typeof symbols): string {
  return style.unicode ? symbols[name].unicode : symbols[name].ascii;
}

/** Typographic signs that our own texts use, in ASCII. */
const plain: Readonly<Record<string, string>> = { "…": "...", "–": "-", "—": "-", "→": "->", "·": "-", "’": "'" };

/** The text as this stream can show it: what ASCII does not have is replaced where the locale is not UTF-8. */
export function encode(style: Style, text: string): string {
  if (style.unicode) return text;
  return text.replace(/\P{ASCII}/gu, (character) => plain[character] ?? "?");
}
