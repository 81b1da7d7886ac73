import * as v from "valibot";

/**
 * What Cognito sends after a user has confirmed the address, or a forgotten password (developer guide, post confirmation
 * trigger), as far as it is read here.
 */
export const confirmation = v.looseObject({
  triggerSource: v.literal("PostConfirmation_ConfirmSignUp"),
  request: v.looseObject({
    userAttributes: v.looseObject({
      sub: v.pipe(v.string(), v.nonEmpty()),
      nickname: v.optional(v.string(), ""),
    }),
  }),
});
