/**
 * Asks at most once in a while, however many ask for the answer; those who ask while an answer is under way share it. A
 * failure is an answer, too: what is down is not asked more often.
 *
 * @param now milliseconds that never go backwards
 */
export function kept<Answer>(
  milliseconds: number,
  ask: () => Promise<Answer>,
  now: () => number = () => performance.now(),
): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  let asked = 0;
  return () => {
    if (answer === undefined || now() - asked >= milliseconds) {
      asked = now();
      answer = ask();
      // Whoever waits for it is told.
      answer.catch(() => undefined);
    }
    return answer;
  };
}
