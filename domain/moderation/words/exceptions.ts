import type { Unit } from "./letters.ts";
import { plant } from "./trie.ts";

const cut: Unit = { kind: "cut", readings: [] };

/**
 * Takes the words that are never a hit out of a folded text, where they stand alone and are written plainly, so that
 * nothing inside them or across them is found.
 */
export function compileExceptions(words: readonly string[]): (units: readonly Unit[]) => readonly Unit[] {
  const root = plant(words);
  if (root.next.size === 0) return (units) => units;
  return (units) => {
    const kept = [...units];
    for (const start of units.keys()) {
      if (units[start - 1]?.kind === "letter") continue;
      let node = root.next.get(units[start]?.readings[0] ?? "");
      for (let end = start + 1; node; end++) {
        if (node.ends && units[end]?.kind !== "letter") kept.fill(cut, start, end);
        node = node.next.get(units[end]?.readings[0] ?? "");
      }
    }
    return kept;
  };
}
