import { useEffect, useRef, useState } from "preact/hooks";
import { messageOf } from "./message-of.ts";

/** A part of a list that the server gives by and by. */
export interface ListPage<Row> {
  readonly rows: readonly Row[];
  /** Where the next part begins; absent at the end. */
  readonly next?: string | undefined;
}

export interface List<Row> {
  /** Undefined until the first are known. */
  readonly rows: readonly Row[] | undefined;
  /** Why there are no more of them; fit for people. */
  readonly problem: string | undefined;
  /** Asks for more, or once more; undefined at the end, and while it is asked. */
  readonly more: (() => void) | undefined;
  /** Begins anew. */
  readonly reload: () => void;
}

/**
 * A list, as far as its reader has asked for it.
 *
 * @param load must be of one list, as long as it is shown
 * @param load.cursor `next` of the part before
 */
export function useList<Row>(load: (cursor?: string) => Promise<ListPage<Row>>): List<Row> {
  const [page, setPage] = useState<ListPage<Row>>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(true);
  /** Answers to what was asked before are dropped. */
  const turn = useRef(0);

  const ask = async (known: ListPage<Row> | undefined) => {
    turn.current += 1;
    const mine = turn.current;
    setBusy(true);
    setProblem(undefined);
    const answer = await load(known?.next).catch((error: unknown) => messageOf(error));
    if (mine !== turn.current) return;
    setBusy(false);
    if (typeof answer === "string") setProblem(answer);
    else setPage({ ...answer, rows: [...(known?.rows ?? []), ...answer.rows] });
  };
  useEffect(() => {
    ask(undefined);
    return () => {
      turn.current += 1;
    };
  }, []);

  const isWhole = page !== undefined && page.next === undefined;
  return {
    rows: page?.rows,
    problem,
    more: isBusy || isWhole ? undefined : () => ask(page),
    reload: () => ask(undefined),
  };
}
