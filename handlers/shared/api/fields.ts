import * as v from "valibot";
import { readChannelName } from "#domain/accounts/names/channel-name.ts";
import { readText, type TextLimits } from "#domain/profiles/text.ts";

/** Says in the API's document what a schema's own checks cannot: merged over what is worked out from the schema. */
const documented = <Input>(jsonSchema: Readonly<Record<string, unknown>>) =>
  v.metadata<Input, { readonly jsonSchema: Readonly<Record<string, unknown>> }>({ jsonSchema });

/** A text that others read, kept as `readText` gives it. */
export const plainText = (limits: TextLimits) =>
  v.pipe(
    v.string("must be a text"),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const reading = readText(dataset.value, limits);
      if (reading.kind === "text") return reading.text;
      addIssue({ message: reading.rule });
      return NEVER;
    }),
    documented({ minLength: limits.minimum, maxLength: limits.maximum }),
  );

/** A text of a fixed form; it is not changed. */
export const matching = (pattern: RegExp, rule: string) => v.pipe(v.string("must be a text"), v.regex(pattern, rule));

/** One of a few texts. */
export const oneOf = <const Options extends readonly string[]>(options: Options) =>
  v.picklist(options, `must be one of ${options.join(", ")}`);

/** A channel's public name. */
export const channelName = v.pipe(
  v.string("must be a text"),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const reading = readChannelName(dataset.value);
    if (reading.kind === "name") return reading.name;
    addIssue({ message: reading.rule });
    return NEVER;
  }),
  documented({ minLength: 3, maxLength: 30, pattern: "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$" }),
);

/** The path of everything under a channel's name. */
export const channelPath = v.strictObject({ name: channelName });

/** A moment, as ISO 8601 says it; kept in milliseconds. */
export const moment = v.pipe(
  matching(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/,
    "must be a moment such as 2026-01-02T15:04:05Z",
  ),
  v.check((text) => Number.isFinite(Date.parse(text)), "must be a moment that there is"),
  v.transform((text) => Date.parse(text)),
  documented({ type: "string", format: "date-time" }),
);

const mostRows = 100;
const usualRows = 24;

const limit = v.pipe(
  matching(/^\d{1,3}$/, `must be 1 to ${mostRows}`),
  v.transform(Number),
  v.minValue(1, `must be 1 to ${mostRows}`),
  v.maxValue(mostRows, `must be 1 to ${mostRows}`),
  documented({ type: "integer", pattern: undefined }),
);

/** The query of every list; more entries can stand beside these. */
export const pageEntries = {
  limit: v.optional(limit, String(usualRows)),
  cursor: v.optional(matching(/^[\w=+/.~-]{1,2048}$/, "must be the next of an earlier answer")),
};

export const pageQuery = v.strictObject(pageEntries);

/** The answer of a list: its rows under a name of their own, and where the next ones begin; absent at the end. */
export const pageOf = <const Name extends string, Row extends v.GenericSchema>(name: Name, row: Row) =>
  v.object({ [name]: v.array(row), next: v.optional(v.string()) } as {
    [Key in Name]: v.ArraySchema<Row, undefined>;
  } & {
    next: v.OptionalSchema<v.StringSchema<undefined>, undefined>;
  });

/** A moment in an answer. */
export const isoTime = v.pipe(v.string(), documented({ format: "date-time" }));
