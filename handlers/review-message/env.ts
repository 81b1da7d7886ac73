import * as v from "valibot";

/** This function reads no environment variable: its rules are in its code, so that they change only by a deploy. */
export const environment = v.strictObject({});
