import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type Comment, commentOf, type Edited, isSameReview, ownComment, reviewedHash, unedited } from "./comment.ts";
import { asked, listed, read, remove, send } from "./gh.ts";
import { APPROVAL, approver, type IssueEvent, labelChanges, objections } from "./labels.ts";
import { mergedBy, type Pull } from "./merged.ts";
import { branchName, repositoryPath } from "./repository.ts";
import { readReview } from "./review-report.ts";
import { stoppedBody } from "./stopped.ts";

const perPage = "per_page=100";

const EDITOR = "query($id: ID!) { node(id: $id) { ... on IssueComment { body editor { __typename login } } } }";

const ownComments = (number: number): Comment[] =>
  unedited(
    listed<Comment>(`${repositoryPath()}/issues/${number}/comments?${perPage}`),
    (id) => asked<{ readonly node: Edited }>(EDITOR, { id }).node,
  );

/**
 * Writes the one comment of a pull request, or writes it anew. Where it is of another commit or of other changes than before, the
 * approval to destroy is taken off first: an owner gave it to what the comment said then.
 */
export function writeComment(number: number, files: { review: string; summary: string }, commit: string): void {
  const body = commentOf(readReview(files.review), commit, readFileSync(files.summary, "utf8"));
  const issue = `${repositoryPath()}/issues/${number}`;
  const own = ownComment(ownComments(number));
  if (!(own && isSameReview(own.body, body))) remove(`${issue}/labels/${APPROVAL}`);
  if (own) send("PATCH", `${repositoryPath()}/issues/comments/${own.id}`, { body });
  else send("POST", `${issue}/comments`, { body });
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
  const changes = labelChanges(review, present);
  if (changes.add.length > 0) send("POST", `${issue}/labels`, { labels: changes.add });
  for (const label of changes.remove) remove(`${issue}/labels/${encodeURIComponent(label)}`);
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

/** The pull request that a commit of the branch was merged by. */
const mergedPull = (commit: string): Pull | undefined =>
  mergedBy(listed<Pull>(`${repositoryPath()}/commits/${commit}/pulls?${perPage}`), commit, branchName());

/**
 * Answers with the hash that was reviewed for a stack, of the pull request that the commit came with.
 *
 * @throws CliError NOT_REVIEWED
 */
export function answerReviewed(terminal: Terminal, commit: string, stack: string): void {
  const pull = mergedPull(commit);
  const hash = pull && reviewedHash(ownComments(pull.number), pull.head.sha, stack);
  if (hash !== undefined) {
    terminal.answer(hash);
    return;
  }
  const why = pull
    ? `Pull request ${pull.number} has no plan of ${stack} at ${pull.head.sha}.`
    : `${commit} is what no pull request was merged as into ${branchName()}.`;
  throw new CliError("NOT_REVIEWED", "Nothing is applied.", why, "Have it planned and reviewed in a pull request.");
}

/**
 * Tells the pull request why what it changed was not applied.
 *
 * @param folder with `applied.md`, what `onair apply` answered, and `stopped.txt`, what the last command said besides; either may be
 * missing, and neither holds a secret
 */
export function tellStopped(commit: string, folder: string): void {
  const pull = mergedPull(commit);
  if (!pull) return;
  const [answered, said] = ["applied.md", "stopped.txt"].map((name) => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  });
  const body = stoppedBody(commit, answered ?? "", said ?? "");
  send("POST", `${repositoryPath()}/issues/${pull.number}/comments`, { body });
}
