import { labels as allLabels } from "#domain/plan-review/labels.ts";
import type { WorkflowReview } from "./review-report.ts";

/** Labels that say what a plan does; nobody else's are touched. */
const OWN: readonly string[] = allLabels;

/** What an owner marks a pull request with whose plan destroys. */
export const APPROVAL = "destroy-approved";

export interface LabelChanges {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** What makes a pull request's labels say what the review says. */
export function labelChanges({ labels }: WorkflowReview, present: readonly string[]): LabelChanges {
  return {
    add: labels.filter((label) => OWN.includes(label) && !present.includes(label)),
    remove: present.filter((label) => OWN.includes(label) && !labels.includes(label)),
  };
}

/** An event of an issue as GitHub's API gives it, in order. */
export interface IssueEvent {
  readonly event: string;
  readonly actor: { readonly login: string } | null;
  readonly label?: { readonly name: string };
}

/** Who set the label that is there now; undefined where it is not there. */
export function approver(events: readonly IssueEvent[]): string | undefined {
  const last = events.filter(({ label }) => label?.name === APPROVAL).at(-1);
  return last?.event === "labeled" ? last.actor?.login : undefined;
}

/**
 * Why a pull request must not be merged, in lines; none where it may be.
 *
 * @param owner who approved to destroy, if an owner did
 */
export function objections(review: WorkflowReview, owner: string | undefined): string[] {
  const { refused, labels } = review;
  return [
    ...(refused ? ["The guard refuses the plan: see the comment."] : []),
    ...(labels.includes("destroy") && owner === undefined
      ? [`The plan destroys or replaces: an owner must set the label ${APPROVAL}, after the last push.`]
      : []),
  ];
}
