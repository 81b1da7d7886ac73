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
  readonly body: string;
  readonly user: { readonly login: string } | null;
}

/** The one comment of a pull request. What stands in the summary cannot forge its first line. */
export function commentOf(review: WorkflowReview, commit: string, summary: string): string {
  const hashes = Object.fromEntries(review.stacks.map(({ stack, hash }) => [stack, hash]));
  const marker: Reviewed = { commit, hashes };
  return `<!-- onair-review ${JSON.stringify(marker)} -->\n${summary.trimEnd()}\n\nPlanned at ${commit}.\n`;
}

/** Our comment among all of a pull request, to write it anew. */
export const ownComment = (comments: readonly Comment[]): Comment | undefined =>
  comments.find((comment) => markerOf(comment) !== undefined);

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
  const [, json] = MARKER.exec(body.split(/\r?\n/, 1)[0] ?? "") ?? [];
  if (json === undefined) return undefined;
  const { commit, hashes } = JSON.parse(json) as Partial<Reviewed>;
  return commit !== undefined && hashes !== undefined ? { commit, hashes } : undefined;
}
