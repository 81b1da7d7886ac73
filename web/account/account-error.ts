import { passwordRule } from "./rules.ts";

/** A field of the forms for signing in and up. */
export type AccountField = "email" | "password" | "nickname" | "code";

/** Why signing in or up did not work; the message is fit for people. */
export class AccountError extends Error {
  /** Cognito's own name for it. */
  readonly code: string;
  /** What it is about; undefined for the whole. */
  readonly field: AccountField | undefined;

  constructor(code: string, message: string, field?: AccountField) {
    super(message);
    this.name = "AccountError";
    this.code = code;
    this.field = field;
  }
}

const tooMany = "That was tried too often. Wait some minutes, then try again.";
/** One text for both, so that nobody can find out by it who has an account. */
const wrongPassword = "The address or the password is not right.";

const meanings: Readonly<Record<string, readonly [message: string, field?: AccountField]>> = {
  UsernameExistsException: ["There is an account with this address. Sign in, or choose another address.", "email"],
  AliasExistsException: ["There is an account with this address. Sign in, or choose another address.", "email"],
  InvalidPasswordException: [`The password must have ${passwordRule}.`, "password"],
  PasswordHistoryPolicyViolationException: ["Choose a password that you have not had here before.", "password"],
  CodeMismatchException: ["This code is not right. Look at the newest mail.", "code"],
  ExpiredCodeException: ["This code is no longer good. Have another one sent.", "code"],
  NotAuthorizedException: [wrongPassword],
  UserNotFoundException: [wrongPassword],
  LimitExceededException: [tooMany],
  TooManyRequestsException: [tooMany],
  TooManyFailedAttemptsException: [tooMany],
  CodeDeliveryFailureException: ["The mail could not be sent. Look at the address.", "email"],
  UserLambdaValidationException: ["The server could not finish this. Try again."],
  UnexpectedLambdaException: ["The server could not finish this. Try again."],
  NetworkError: ["The server does not answer. Try again."],
};

/** What an error of Amplify's means to the one who signs in. */
export function accountError(thrown: unknown): AccountError {
  if (thrown instanceof AccountError) return thrown;
  const { name = "Unknown" } = (thrown ?? {}) as { readonly name?: string };
  const [message, field] = meanings[name] ?? [`That did not work (${name}). Try again.`];
  return new AccountError(name, message, field);
}
