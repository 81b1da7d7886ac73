import { lettersOfWord } from "./letters.ts";

/** Words as a tree of their letters: words that begin alike share their beginning. */
export interface Node {
  readonly letter: string;
  readonly next: Map<string, Node>;
  /** Whether a word ends here, and how long it is. */
  ends: boolean;
  readonly length: number;
}

const leaf = (letter: string, length: number): Node => ({ letter, next: new Map(), ends: false, length });

/** Builds the tree; the words come from rules that were parsed, so each has letters. */
export function plant(words: readonly string[]): Node {
  const root = leaf("", 0);
  for (const word of words) {
    let node = root;
    for (const letter of lettersOfWord(word) ?? []) {
      const child: Node = node.next.get(letter) ?? leaf(letter, node.length + 1);
      node.next.set(letter, child);
      node = child;
    }
    node.ends = node !== root;
  }
  return root;
}
