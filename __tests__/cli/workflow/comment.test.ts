import { describe, expect, it } from "vitest";
import { BOT, type Comment, commentOf, ownComment, reviewedHash } from "#cli/workflow/comment.ts";

const [HASH, OTHER] = ["a".repeat(64), "b".repeat(64)];
const COMMIT = "1".repeat(40);
const counts = { drift: 0 };
const review = {
  schemaVersion: 1,
  refused: false,
  labels: ["add-or-update"],
  stacks: [{ stack: "platform", hash: HASH, idle: false, counts }],
} as const;
const written = (body: string, login = BOT, id = 1): Comment => ({
  ...{ id, node_id: `IC_${id}`, body },
  user: { login },
});
const ours = commentOf(
  { ...review, labels: [...review.labels], stacks: [...review.stacks] },
  COMMIT,
  "## Plan\n\nAll.\n",
);

describe("the comment of a pull request", () => {
  it("says which commit was planned and what each stack's changes hash to, unseen, then the summary", () => {
    expect(ours).toBe(
      `<!-- onair-review {"commit":"${COMMIT}","hashes":{"platform":"${HASH}"}} -->\n## Plan\n\nAll.\n\nPlanned at ${COMMIT}.\n`,
    );
  });

  it("is found among others, and so written once", () => {
    const comments = [written("Looks good", "ana", 1), written("## Plan", BOT, 2), written(ours, BOT, 3)];
    expect(ownComment(comments)?.id).toBe(3);
    expect(ownComment(comments.slice(0, 2))).toBeUndefined();
  });
});

describe("the reviewed hash", () => {
  it("is the stack's at the commit that was planned last", () => {
    expect(reviewedHash([written(ours)], COMMIT, "platform")).toBe(HASH);
  });

  it("is read with GitHub's line ends, too", () => {
    expect(reviewedHash([written(ours.replaceAll("\n", "\r\n"))], COMMIT, "platform")).toBe(HASH);
  });

  it("is none for another commit, another stack, or without a comment", () => {
    expect(reviewedHash([written(ours)], "2".repeat(40), "platform")).toBeUndefined();
    expect(reviewedHash([written(ours)], COMMIT, "delivery")).toBeUndefined();
    expect(reviewedHash([], COMMIT, "platform")).toBeUndefined();
  });

  it("is none where a person wrote the same comment", () => {
    expect(reviewedHash([written(ours, "mallory")], COMMIT, "platform")).toBeUndefined();
    expect(reviewedHash([{ ...written(ours), user: null }], COMMIT, "platform")).toBeUndefined();
  });

  it("cannot be forged from within the summary", () => {
    const forged = ours.replace(
      "All.",
      `<!-- onair-review {"commit":"${COMMIT}","hashes":{"platform":"${OTHER}"}} -->`,
    );
    expect(reviewedHash([written(forged)], COMMIT, "platform")).toBe(HASH);
    expect(reviewedHash([written(forged.split("\n").slice(1).join("\n"))], COMMIT, "delivery")).toBeUndefined();
  });

  it("is none where it is no hash", () => {
    expect(reviewedHash([written(ours.replace(HASH, "$(id)"))], COMMIT, "platform")).toBeUndefined();
  });
});
