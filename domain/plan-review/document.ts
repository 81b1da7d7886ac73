/** Lines that stand or fall together, so that nothing is cut in its middle. */
export type Entry = readonly string[];

/** A part of a document. */
export interface Block {
  /** The lower, the longer it stays when room runs out. */
  readonly priority: number;
  readonly head: readonly string[];
  readonly entries: readonly Entry[];
  readonly tail: readonly string[];
}

const encoder = new TextEncoder();
/** With its line end. */
const bytesOf = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + encoder.encode(line).length + 1, 0);

const moreLine = (count: number): string[] => ["", `_${count} more, not shown for their length._`, ""];
const leftOut = (count: number): string[] => [
  "",
  `_${count} ${count === 1 ? "section" : "sections"} left out for their length._`,
];

/**
 * The blocks in their order as one text of at most so many bytes. Where room runs out, the entries that do not fit are
 * counted, and blocks that do not even fit with a count are left out, both by priority.
 */
export function withinBytes(blocks: readonly Block[], mostBytes: number): string {
  const kept = new Map<Block, number>();
  let room = mostBytes - bytesOf(leftOut(blocks.length));
  for (const block of blocks.toSorted((one, other) => one.priority - other.priority)) {
    const { head, tail, entries } = block;
    const frame = bytesOf(head) + bytesOf(tail) + (entries.length > 0 ? bytesOf(moreLine(entries.length)) : 0);
    if (frame > room) continue;
    room -= frame;
    const shown = countFitting(entries, room);
    room -= bytesOf(entries.slice(0, shown).flat());
    kept.set(block, shown);
  }
  const lines = blocks.flatMap((block) => {
    const shown = kept.get(block);
    if (shown === undefined) return [];
    const more = block.entries.length - shown;
    return [...block.head, ...block.entries.slice(0, shown).flat(), ...(more > 0 ? moreLine(more) : []), ...block.tail];
  });
  const missing = blocks.length - kept.size;
  return `${[...lines, ...(missing > 0 ? leftOut(missing) : [])]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

function countFitting(entries: readonly Entry[], room: number): number {
  let left = room;
  for (const [index, entry] of entries.entries()) {
    left -= bytesOf(entry);
    if (left < 0) return index;
  }
  return entries.length;
}
