import * as v from "valibot";
import { stackNames } from "./project.ts";

/** A name is a folder that Terraform is run in: no other than those of our stacks may stand there. */
const stackName = v.picklist(stackNames, "is no stack of ours");

/** What cdktf writes of the stacks that it synthesized, as far as anybody goes by it. */
export const manifest = v.object({
  stacks: v.record(
    stackName,
    v.object({
      name: stackName,
      dependencies: v.optional(v.array(stackName), []),
      workingDirectory: v.optional(v.string()),
      synthesizedStackPath: v.optional(v.string()),
    }),
  ),
});
