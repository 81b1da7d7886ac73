import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addLines, type Line, removeLine } from "#web/chat/lines.ts";

const message = (id: string, userId: string, second: number) => ({
  id,
  userId,
  name: userId,
  avatarUrl: undefined,
  role: undefined,
  text: id,
  sticker: undefined,
  raisesHand: false,
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)),
});
const names = (lines: readonly Line[]) => lines.map(({ id, continued }) => (continued ? id : `name ${id}`));

describe("chat lines", () => {
  test("of one speaker within 40 seconds are joined, five at most", () => {
    const lines = addLines(
      [],
      [0, 1, 2, 3, 4, 5].map((second) => message(`${second}`, "ann", second)),
      500,
    );
    expect(names(lines)).toEqual(["name 0", "1", "2", "3", "4", "name 5"]);
  });

  test("begin with the name after another speaker, and after a pause", () => {
    const lines = addLines([], [message("a", "ann", 0), message("b", "bob", 1), message("c", "bob", 42)], 500);
    expect(names(lines)).toEqual(["name a", "name b", "name c"]);
  });

  test("are joined across two deliveries", () => {
    const first = addLines([], [message("a", "ann", 0)], 500);
    expect(names(addLines(first, [message("b", "ann", 1)], 500))).toEqual(["name a", "b"]);
  });

  test("beyond the number kept, the oldest go", () => {
    const lines = addLines([], [message("a", "ann", 0), message("b", "bob", 1), message("c", "cid", 2)], 2);
    expect(lines.map(({ id }) => id)).toEqual(["b", "c"]);
  });

  test("that follow a deleted one begin with the name instead", () => {
    const lines = addLines([], [message("a", "ann", 0), message("b", "ann", 1), message("c", "ann", 2)], 500);
    expect(names(removeLine(lines, "a"))).toEqual(["name b", "c"]);
    expect(names(removeLine(lines, "b"))).toEqual(["name a", "c"]);
    expect(removeLine(lines, "unknown")).toBe(lines);
  });

  test("never stand under another speaker's name, whatever is deleted", () => {
    const said = fc.array(fc.record({ user: fc.constantFrom("ann", "bob"), pause: fc.nat(60) }), { maxLength: 30 });
    fc.assert(
      fc.property(said, fc.array(fc.nat(29)), (messages, deleted) => {
        let second = 0;
        let lines: readonly Line[] = addLines(
          [],
          messages.map(({ user, pause }, index) => {
            second += pause;
            return message(`${index}`, user, second);
          }),
          500,
        );
        for (const id of deleted) lines = removeLine(lines, `${id}`);
        for (const [index, line] of lines.entries()) {
          if (line.continued) expect(lines[index - 1]?.userId).toBe(line.userId);
        }
      }),
    );
  });
});
