import { readFileSync } from "node:fs";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type Comment, commentOf, ownComment, reviewedHash } from "./comment.ts";
import { listed, read, send } from "./gh.ts";
import { approver, type IssueEvent, labelChanges, objections } from "./labels.ts";
import { repositoryPath } from "./repository.ts";
import { readReview } from "./review-report.ts";

const perPage = "per_page=100";

const commentsOf = (number: number) => listed<Comment>(`${repositoryPath()}/issues/${number}/comments?${perPage}`);

/** Writes the one comment of a pull request, or writes it anew. */
export function writeComment(number: number, files: { review: string; summary: string }, commit: string): void {
  const body = commentOf(readReview(files.review), commit, readFileSync(files.summary, "utf8"));
  const own = ownComment(commentsOf(number));
  if (own) send("PATCH", `${repositoryPath()}/issues/comments/${own.id}`, { body });
  else send("POST", `${repositoryPath()}/issues/${number}/comments`, { body });
}

/**
 * Sets the labels that the review asks for, and says whether the pull request may be merged.
 *
 * @throws CliError PLAN_REFUSED
 */
export function judgePullRequest(number: number, file: string): void {
  const review = readReview(file);
  const issue = `${repositoryPath()}/issues/${number}`;
  const present = listed<{ name: string }>(`${issue}/labels?${perPage}`).map(({ name }) => name);
  const { add, remove } = labelChanges(review, present);
  if (add.length > 0) send("POST", `${issue}/labels`, { labels: add });
  for (const label of remove) send("DELETE", `${issue}/labels/${encodeURIComponent(label)}`);
  const owner = ownerAmong(approver(listed<IssueEvent>(`${issue}/events?${perPage}`)));
  const why = objections(review, owner);
  if (why.length === 0) return;
  const cure = "See: docs/guide/delivery.md";
  throw new CliError("PLAN_REFUSED", "This pull request is not to be merged.", why.join("\n"), cure);
}

/** Whoever may administer or maintain the repository owns it. */
function ownerAmong(login: string | undefined): string | undefined {
  if (login === undefined) return undefined;
  const path = `${repositoryPath()}/collaborators/${encodeURIComponent(login)}/permission`;
  const { role_name: role } = read<{ role_name: string }>(path);
  return ["admin", "maintain"].includes(role) ? login : undefined;
}

interface Pull {
  readonly number: number;
  readonly merged_at: string | null;
  readonly head: { readonly sha: string };
}

/** The merged pull request that a commit of the branch came with. */
const mergedPull = (commit: string): Pull | undefined =>
  listed<Pull>(`${repositoryPath()}/commits/${commit}/pulls?${perPage}`).find(({ merged_at }) => merged_at !== null);

/**
 * Answers with the hash that was reviewed for a stack, of the pull request that the commit came with.
 *
 * @throws CliError NOT_REVIEWED
 */
export function answerReviewed(terminal: Terminal, commit: string, stack: string): void {
  const pull = mergedPull(commit);
  const hash = pull && reviewedHash(commentsOf(pull.number), pull.head.sha, stack);
  if (hash !== undefined) {
    terminal.answer(hash);
    return;
  }
  const why = pull
    ? `Pull request ${pull.number} has no plan of ${stack} at ${pull.head.sha}.`
    : `${commit} came with no pull request.`;
  throw new CliError("NOT_REVIEWED", "Nothing is applied.", why, "Have it planned and reviewed in a pull request.");
}

/** Tells the pull request why what it changed was not applied: what `onair apply` said, which holds no secret. */
export function tellStopped(commit: string, file: string): void {
  const pull = mergedPull(commit);
  if (!pull) return;
  const body = `## Not applied\n\n${commit} was merged, and its changes were not applied.\n\n${readFileSync(file, "utf8")}`;
  send("POST", `${repositoryPath()}/issues/${pull.number}/comments`, { body: body.slice(0, 65_000) });
}
