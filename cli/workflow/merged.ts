/** A pull request as GitHub's API gives it. */
export interface Pull {
  readonly number: number;
  readonly merged_at: string | null;
  /** The commit of the branch that merging it made; of one that is rebased, the last. */
  readonly merge_commit_sha: string | null;
  readonly head: { readonly sha: string };
  readonly base: { readonly ref: string };
}

/** The one that was merged into the branch as this commit. Others may hold the same commit, merged into other branches. */
export const mergedBy = (pulls: readonly Pull[], commit: string, branch: string): Pull | undefined =>
  pulls.find(
    ({ merged_at, merge_commit_sha, base }) => merged_at !== null && merge_commit_sha === commit && base.ref === branch,
  );
