/** A mail that SES or Cognito sent. */
export interface Mail {
  /** Everyone it was sent to. */
  readonly to: readonly string[];
  readonly subject: string;
  /** Empty where the mail has only the other. */
  readonly text: string;
  readonly html: string;
  /** ISO 8601. */
  readonly time: string;
}

/** A mail as `GET /_onair/mail` shows it. */
export interface ShownMail extends Mail {
  /** The six digits that it tells, such as a confirmation code. */
  readonly code?: string;
}

/** The launcher's routes. */
interface Launcher {
  call<Answer>(route: "mail", body: unknown): Promise<Answer>;
}

/** Digits of a colour in HTML are none. */
const CODE = /(?<![#\w])\d{6}(?!\w)/;

const codeOf = ({ text, html }: Mail): string | undefined => (CODE.exec(text) ?? CODE.exec(html))?.[0];

/** What the terminal would take for a command is left out: anyone may write in a subject. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}+/gu, " ");

/** A mail in a line, its code included: on a laptop nobody else reads it. */
export const mailLine = (mail: Mail): string => {
  const code = codeOf(mail);
  return printable(`Mail to ${mail.to.join(", ")}: ${mail.subject}${code === undefined ? "" : ` (code ${code})`}`);
};

/**
 * All mail, newest first.
 * @param to one address @default everyone's
 */
export const mailOf = async (launcher: Launcher, to: string | undefined): Promise<readonly ShownMail[]> => {
  // No address has a space; one that stands in a query unencoded was a plus sign.
  const mails = await launcher.call<Mail[]>("mail", { to: to?.replaceAll(" ", "+") });
  return mails.map((mail) => {
    const code = codeOf(mail);
    return code === undefined ? mail : { ...mail, code };
  });
};
