/** A failed call of the page's; it is answered as RFC 9457 says, and never holds a secret. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;

  /**
   * @param title what is wrong, the same for each problem with this code
   * @param detail what is wrong this time: the field, the rule, the value got
   */
  constructor(status: number, code: string, title: string, detail: string) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.title = title;
  }
}

/** The body of the answer. */
export const problemBody = ({ status, code, title, message }: Problem) => ({ status, code, title, detail: message });
