/** A piece of a message: plain, or an address that can be followed. */
export interface Piece {
  readonly text: string;
  /** Where it leads: http or https, and nothing else. */
  readonly href?: string;
}

const address = /https?:\/\/[^\s<>"]+/giu;
/** What ends a sentence is no part of an address in it; nor is the bracket around one. */
const afterAddress = /[.,;:!?'’”»)\]}]+$/u;

/** Parts a message in its links and the rest. Nothing is lost: the texts make the message again. */
export function piecesOf(message: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of message.matchAll(address)) {
    const text = found.replace(afterAddress, "");
    const href = hrefOf(text);
    if (href === undefined) continue;
    if (index > end) pieces.push({ text: message.slice(end, index) });
    pieces.push({ text, href });
    end = index + text.length;
  }
  if (end < message.length) pieces.push({ text: message.slice(end) });
  return pieces;
}

function hrefOf(text: string): string | undefined {
  try {
    const { href, hostname } = new URL(text);
    return hostname === "" ? undefined : href;
  } catch {
    return undefined;
  }
}
