import { randomInt } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Random letters and digits, as in the ids and keys that the services make. */
export const randomText = (length: number): string =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join("");

/** The id of a resource: 12 letters and digits. */
export const newId = (): string => randomText(12);

/** The id in an ARN: what follows its last slash. */
export const idOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
