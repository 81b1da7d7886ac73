/** The pool's password policy (constructs/identity), which Cognito holds users to. */
const passwordMinimum = 10;
export const mostNickname = 50;

export const passwordRule = `at least ${passwordMinimum} characters, with small and capital letters, a digit and a sign such as ! or -`;

/** Each part of the rule, in words that can follow "It wants". */
const passwordParts: readonly (readonly [part: string, isMet: (password: string) => boolean])[] = [
  [`${passwordMinimum} characters`, (password) => password.length >= passwordMinimum],
  ["a small letter", (password) => /[a-z]/.test(password)],
  ["a capital letter", (password) => /[A-Z]/.test(password)],
  ["a digit", (password) => /[0-9]/.test(password)],
  ["a sign such as ! or -", (password) => /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/.test(password)],
];

/** What is wrong with a new password; undefined for nothing. */
export function passwordFault(password: string): string | undefined {
  const missing = passwordParts.filter(([, isMet]) => !isMet(password)).map(([part]) => part);
  if (missing.length > 0) return `It wants ${missing.join(", ")}.`;
  // Cognito would refuse it.
  return /^\s|\s$/.test(password) ? "It may not begin or end with a space." : undefined;
}

export const emailFault = (email: string): string | undefined =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? undefined : "Write an address such as name@example.com.";

export const nicknameFault = (nickname: string): string | undefined => {
  const { length } = [...nickname];
  return length >= 1 && length <= mostNickname ? undefined : `Write 1 to ${mostNickname} characters.`;
};

export const codeFault = (code: string): string | undefined =>
  /^\d{6}$/.test(code) ? undefined : "The code has six digits.";
