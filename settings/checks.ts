import * as v from "valibot";

/** A rule of the settings in words that follow a value: `"ultra" is not one of LOW, NORMAL`. */
export const oneOf = <const Options extends readonly (string | number)[]>(options: Options) =>
  v.picklist(options, `is not one of ${options.join(", ")}`);

export const flag = () => v.boolean("is not true or false");

export const text = () => v.string("is not a text");

/** A whole number with both ends allowed. */
export const whole = (minimum: number, maximum: number, unit: string) => {
  const rule = `is not a whole number, ${minimum} to ${maximum} ${unit}`;
  return v.pipe(v.number(rule), v.integer(rule), v.minValue(minimum, rule), v.maxValue(maximum, rule));
};

/** A name that becomes part of names on AWS: short, and the same in all of them. */
export const name = () => {
  const rule = "is not a name of 1 to 40 small letters, digits or hyphens, a letter first";
  return v.pipe(v.string(rule), v.regex(/^[a-z][a-z0-9-]{0,39}$/, rule));
};

export const matching = (pattern: RegExp, rule: string) => v.pipe(v.string(rule), v.regex(pattern, rule));

/** At most so many, in the words of what is listed. */
export const listOf = <Item extends v.GenericSchema>(item: Item, maximum: number, what: string) =>
  v.pipe(v.array(item, "is not a list"), v.maxLength(maximum, `is more than ${maximum} ${what} (service quota)`));

/** Where a page comes from, as browsers say it. */
export const origin = matching(
  /^https?:\/\/[a-z0-9.-]+(:\d+)?$/,
  "is not an origin such as https://live.example.com, in small letters, without a path",
);
