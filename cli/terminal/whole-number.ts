import { InvalidArgumentError } from "commander";

/** Reads an option's value as a whole number of a range. */
export const wholeNumber =
  (minimum: number, maximum: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= minimum && number <= maximum) return number;
    throw new InvalidArgumentError(`Write a whole number, ${minimum} to ${maximum}.`);
  };
