import { BOT } from "./comment.ts";
import type { WorkflowReview } from "./review-report.ts";

/** An open issue as GitHub's API gives it. */
export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly user: { readonly login: string } | null;
}

export type IssueChange =
  | { readonly kind: "open"; readonly title: string; readonly body: string }
  | { readonly kind: "update"; readonly number: number; readonly body: string }
  | { readonly kind: "close"; readonly number: number };

/** What was found of one subject: a stack, or what Terraform does not see. */
export interface Found {
  readonly subject: string;
  readonly isClean: boolean;
  /** Markdown, without secrets. */
  readonly body: string;
}

/** Nothing to do is not enough: Terraform does nothing about drift of what it is told to leave alone. */
export const isClean = ({ stacks }: WorkflowReview): boolean =>
  stacks.every(({ idle, counts }) => idle && counts.drift === 0);

const titleOf = (subject: string): string => `Drift: ${subject}`;

/** One issue for each subject: opened, written anew, or closed when clean. Issues of people are left alone. */
export function issueChanges(found: readonly Found[], open: readonly Issue[]): IssueChange[] {
  return found.flatMap(({ subject, isClean, body }): IssueChange[] => {
    const title = titleOf(subject);
    const own = open.filter((issue) => issue.title === title && issue.user?.login === BOT);
    const [first, ...others] = own;
    const closed = (isClean ? own : others).map(({ number }) => ({ kind: "close", number }) as const);
    if (isClean) return closed;
    return first ? [{ kind: "update", number: first.number, body }, ...closed] : [{ kind: "open", title, body }];
  });
}
