import { randomInt } from "node:crypto";

/** Five small letters or digits, which tell a new channel's name from others. */
export const randomName = (): string =>
  randomInt(36 ** 5)
    .toString(36)
    .padStart(5, "0");
