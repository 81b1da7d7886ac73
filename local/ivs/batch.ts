import { ServiceError } from "../service-model/error.ts";
import type { Shapes } from "../service-model/generated/ivs.types.ts";

/** Looks each ARN up; what is refused becomes an entry of `errors` instead of an error of the whole request. */
export const batchOf = <Item>(arns: readonly string[], find: (arn: string) => Item) => {
  const found: Item[] = [];
  const errors: Shapes["BatchError"][] = [];
  for (const arn of arns) {
    try {
      found.push(find(arn));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      errors.push({ arn, code: error.code, message: error.message });
    }
  }
  return { found, errors };
};
