import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "../terminal/cli-error.ts";

/**
 * Refuses the bucket name that the project ships with when the target is AWS: bucket names are shared by everybody there,
 * so each user chooses one. On a local cloud the name is as good as any.
 *
 * @param root where backend.tf.json is, and `backend.<environment>.tf.json` that wins over it
 */
export function refusePlaceholder(root: string, environmentName: string, bucket: string): void {
  if (!/change-me/i.test(bucket)) return;
  const own = `backend.${environmentName}.tf.json`;
  const file = existsSync(join(root, own)) ? own : "backend.tf.json";
  throw new CliError(
    "BUCKET_PLACEHOLDER",
    `The state's bucket still has the name that the project ships with: ${bucket}.`,
    "Bucket names are shared by everybody on AWS, so that one cannot be yours. Nothing was changed.",
    `Choose a name in ${file}, line ${lineOf(join(root, file), bucket)}, then: npm run bootstrap`,
  );
}

function lineOf(file: string, bucket: string): number {
  return (
    readFileSync(file, "utf8")
      .split("\n")
      .findIndex((line) => line.includes(bucket)) + 1
  );
}
