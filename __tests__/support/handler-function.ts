import type { Construct } from "constructs";
import { NodeFunction, type NodeFunctionProps } from "#constructs/lambda/node-function.ts";

/** A function for tests of what is connected to one: its code is a handler of the project, and matters to nobody. */
export const handlerFunction = (scope: Construct, id: string, props: Partial<NodeFunctionProps> = {}): NodeFunction =>
  new NodeFunction(scope, id, { handler: "review-message", constants: { MODERATION_RULES: {} }, ...props });
