import type { ITerraformDependable } from "cdktf";
import type { Grantee } from "../core/policy.ts";
import type { IInvocable } from "./invocable.ts";

/** A function that a queue, a stream or a user pool calls: what it needs can be granted to it, and its limits are known. */
export interface IConsumer extends IInvocable, Grantee {
  readonly timeoutSeconds: number;
  /** What was granted. A source of events is tried when it is connected, so this must be made before. */
  readonly grants: ITerraformDependable;
}

/** Something whose name a function reads from a variable, and which it may use in one way or another. */
export interface Bindable<Access> {
  /** What the variable says: a table's name, a queue's URL. */
  readonly bindingValue: string;
  grantAccess(grantee: Grantee, access: Access): void;
}
