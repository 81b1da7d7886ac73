import type { WorkflowReview } from "./review-report.ts";

/** Who writes comments with the token of a workflow; GitHub lets nobody else be called so. */
export const BOT = "github-actions[bot]";

const MARKER = /^<!-- onair-review (\{.*\}) -->$/;

/** What the first line of a comment says, unseen: the commit that was planned, and the hash of each stack's changes. */
interface Reviewed {
  readonly commit: string;
  readonly hashes: Readonly<Record<string, string>>;
}

/** A comment as GitHub's API gives it. */
export interface Comment {
  readonly id: number;
  /** By which GraphQL knows it. */
  readonly node_id: string;
  readonly body: string;
  readonly user: { readonly login: string } | null;
}

/** What GraphQL alone says of a comment: whoever may write to the repository may edit it, and it stays the bot's. */
export interface Edited {
  readonly body: string;
  readonly editor: { readonly __typename: string; readonly login: string } | null;
}

/** GraphQL calls a bot by its type and without the brackets. */
const isBot = ({ __typename, login }: { readonly __typename: string; readonly login: string }): boolean =>
  __typename === "Bot" && `${login.replace(/\[bot\]$/, "")}[bot]` === BOT;

/**
 * Comments that are marked as ours, without those that somebody else has edited.
 *
 * @param ask reads a comment's text and its last editor, at once
 */
export const unedited = (comments: readonly Comment[], ask: (nodeId: string) => Edited): Comment[] =>
  comments.filter(isMarked).flatMap((comment) => {
    const { body, editor } = ask(comment.node_id);
    return editor === null || isBot(editor) ? [{ ...comment, body }] : [];
  });

/** The one comment of a pull request. What stands in the summary cannot forge its first line. */
export function commentOf(review: WorkflowReview, commit: string, summary: string): string {
  const hashes = Object.fromEntries(review.stacks.map(({ stack, hash }) => [stack, hash]));
  const marker: Reviewed = { commit, hashes };
  return `<!-- onair-review ${JSON.stringify(marker)} -->\n${summary.trimEnd()}\n\nPlanned at ${commit}.\n`;
}

const isMarked = (comment: Comment): boolean => markerOf(comment) !== undefined;

/** Our comment among all of a pull request, to write it anew. */
export const ownComment = (comments: readonly Comment[]): Comment | undefined => comments.find(isMarked);

/** Whether two texts of our comment are of the same commit and the same changes: the first line says both. */
export const isSameReview = (one: string, other: string): boolean => firstLine(one) === firstLine(other);

const firstLine = (body: string): string => body.split(/\r?\n/, 1)[0] ?? "";

/**
 * The hash of a stack's changes that was reviewed at a commit; undefined where our comment is missing, is of another commit, or says
 * nothing of the stack.
 */
export function reviewedHash(comments: readonly Comment[], commit: string, stack: string): string | undefined {
  const own = ownComment(comments);
  const marker = own && markerOf(own);
  if (marker?.commit !== commit) return undefined;
  const hash = marker.hashes[stack];
  return hash !== undefined && /^[0-9a-f]{64}$/.test(hash) ? hash : undefined;
}

function markerOf({ body, user }: Comment): Reviewed | undefined {
  if (user?.login !== BOT) return undefined;
  const [, json] = MARKER.exec(firstLine(body)) ?? [];
  if (json === undefined) return undefined;
  const { commit, hashes } = JSON.parse(json) as Partial<Reviewed>;
  return commit !== undefined && hashes !== undefined ? { commit, hashes } : undefined;
}
