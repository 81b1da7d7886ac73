const headerBytes = 10;
const frameHeaderBytes = 10;

/** Text encodings by the byte that begins a text frame (ID3v2.4 section 4). */
const encodings = ["latin1", "utf-16", "utf-16be", "utf-8"] as const;

/**
 * The texts of an ID3v2.4 tag: the value of each TXXX frame, as timed metadata carries it. What is not such a tag, or is cut
 * off, has none from there on.
 */
export function readTexts(tag: Uint8Array): string[] {
  const texts: string[] = [];
  if (latin1(tag, 0, 3) !== "ID3" || tag.length < headerBytes) return texts;
  const end = Math.min(tag.length, headerBytes + syncsafe(tag, 6));
  let at = headerBytes;
  while (at + frameHeaderBytes <= end) {
    const name = latin1(tag, at, 4);
    const start = at + frameHeaderBytes;
    const next = start + syncsafe(tag, at + 4);
    if (next > end || name.startsWith("\0")) break;
    const text = name === "TXXX" ? textOf(tag.subarray(start, next)) : undefined;
    if (text !== undefined) texts.push(text);
    at = next;
  }
  return texts;
}

/** What stands behind the description: both end with a zero, the value's may be left out. */
function textOf([encoding = -1, ...bytes]: Uint8Array): string | undefined {
  const name = encodings[encoding];
  if (name === undefined) return undefined;
  const [, value] = new TextDecoder(name).decode(Uint8Array.from(bytes)).split("\0");
  // In UTF-16 the value has a byte order mark of its own.
  return name === "utf-16" ? value?.replace(/^\uFEFF/, "") : value;
}

/** 28 bits in four bytes, whose highest bits are not used. */
const syncsafe = (bytes: Uint8Array, at: number): number =>
  [0, 1, 2, 3].reduce((sum, index) => (sum << 7) | ((bytes[at + index] ?? 0) & 0x7f), 0);

const latin1 = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));
