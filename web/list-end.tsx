import type { List } from "./use-list.ts";

export interface ListEndProps {
  readonly list: List<unknown>;
  /** What is said of a list without rows. */
  readonly none: string;
}

/** What stands below a list: that it is empty, why it is not whole, or the way to more of it. */
export function ListEnd({ list: { rows, problem, more }, none }: ListEndProps) {
  return (
    <>
      {rows?.length === 0 && <p class="card-note">{none}</p>}
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
      {more && (
        <button type="button" class="link" onClick={more}>
          {problem ? "Try again" : "Show more"}
        </button>
      )}
    </>
  );
}
