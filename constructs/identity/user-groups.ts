import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group/index.js";
import { Construct } from "constructs";
import { checkName } from "../core/check.ts";
import { checkEntries } from "../core/ring.ts";
import type { IUserPool } from "./user-pool.ts";

/** One group; its name is its identity, and stands in the tokens of its users. */
export interface UserGroupEntry {
  readonly name: string;
  /** What its users may do, for whoever reads it in the console. */
  readonly description: string;
}

export interface UserGroupsProps {
  readonly userPool: IUserPool;
  /** The mightiest first. */
  readonly entries: readonly UserGroupEntry[];
}

/** How many a pool may have (service quota). */
const MAXIMUM_GROUPS = 10_000;

/** Groups of a user pool, for example `admins` and `moderators`. They carry no IAM role: our handlers read them. */
export class UserGroups extends Construct {
  /** The underlying `aws_cognito_user_group`, in the order of the entries. */
  readonly resources: readonly CognitoUserGroup[];

  constructor(scope: Construct, id: string, { userPool, entries }: UserGroupsProps) {
    super(scope, id);
    checkEntries(this, entries, MAXIMUM_GROUPS);
    this.resources = entries.map(({ name, description }, precedence) => {
      checkName(this, "entries.name", name);
      return new CognitoUserGroup(this, name, { userPoolId: userPool.userPoolId, name, description, precedence });
    });
  }

  get names(): string[] {
    return this.resources.map(({ node }) => node.id);
  }
}
