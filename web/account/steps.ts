/** Where somebody is on the way in. Passwords stay in memory, until they are used. */
export type Step =
  | { readonly at: "sign-in" }
  | { readonly at: "sign-up" }
  /** `isLate` where the code of the sign-up may be old. */
  | { readonly at: "confirm"; readonly email: string; readonly password: string; readonly isLate: boolean }
  | { readonly at: "forgot"; readonly email: string }
  | { readonly at: "reset"; readonly email: string }
  /** `isNew` where the account was made just now. */
  | { readonly at: "done"; readonly isNew: boolean };

export type Go = (step: Step) => void;
