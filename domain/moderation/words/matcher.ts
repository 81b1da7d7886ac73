import { type Edges, findEdges, isGap } from "./edges.ts";
import type { Unit } from "./letters.ts";
import { type Node, plant } from "./trie.ts";

/** Words spelled out with something between all letters ("s p a m") count from this length: "o k" is no hit for "ok". */
const shortestSpelledOut = 3;

export interface WordLists {
  readonly wholeWord: readonly string[];
  readonly anywhere: readonly string[];
}

/** How a word may be written: its letters side by side, perhaps with marks between them, or each standing alone. */
type Spelling = "joined" | "spelled out";

const always: Edges = { opens: [], closes: [] };

/** The nodes reached by reading one character from those reached before: the word's next letter, or the same again. */
function advance(from: Iterable<Node>, { readings }: Unit, reached: Set<Node>): void {
  for (const node of from) {
    for (const reading of readings) {
      const next = node.next.get(reading);
      if (next) reached.add(next);
      if (reading === node.letter) reached.add(node);
    }
  }
}

const isHit = ({ ends, length }: Node, spelledOut: boolean) => ends && (!spelledOut || length >= shortestSpelledOut);

/**
 * Reads a text once and tells whether it has a word of the tree. All the words that the text may be in the middle of are
 * followed side by side and none is tried again from an earlier place, so no text makes it slow: the time grows with the
 * length of the text, and with how many words differ only in look-alikes.
 */
function hasWord(root: Node, units: readonly Unit[], edges: Edges, spelling: Spelling): boolean {
  if (root.next.size === 0) return false;
  const spelledOut = spelling === "spelled out";
  let active: ReadonlySet<Node> = new Set();
  for (const [index, unit] of units.entries()) {
    const mayMove = !spelledOut || isGap(units[index - 1]);
    const starts = mayMove && (edges.opens[index] ?? true) && unit.readings.some((reading) => root.next.has(reading));
    if (!starts && active.size === 0) continue;

    const reached = new Set<Node>();
    if (mayMove) advance(active, unit, reached);
    else for (const node of active) if (unit.readings.includes(node.letter)) reached.add(node);
    if (starts) advance([root], unit, reached);

    const mayEnd = (edges.closes[index] ?? true) && (!spelledOut || isGap(units[index + 1]));
    if (mayEnd) for (const node of reached) if (isHit(node, spelledOut)) return true;

    const passes = unit.kind === "mark" || (spelledOut && (unit.kind === "space" || unit.kind === "quote"));
    if (passes) for (const node of active) reached.add(node);
    active = reached;
  }
  return false;
}

/** Compiles the blocked words once; the answer tells whether a folded text has one of them. */
export function compileWords({ wholeWord, anywhere }: WordLists): (units: readonly Unit[]) => boolean {
  const whole = plant(wholeWord);
  const inside = plant(anywhere);
  if (wholeWord.length + anywhere.length === 0) return () => false;
  return (units) => {
    const { joined, spelledOut } = findEdges(units);
    return (
      hasWord(whole, units, joined, "joined") ||
      hasWord(whole, units, spelledOut, "spelled out") ||
      hasWord(inside, units, always, "joined") ||
      hasWord(inside, units, always, "spelled out")
    );
  };
}
