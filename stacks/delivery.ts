import type { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { applyDenials } from "#constructs/delivery/apply-denials.ts";
import { applyBoundary, applyStatements, applyStates } from "#constructs/delivery/apply-policy.ts";
import { Boundary } from "#constructs/delivery/boundary.ts";
import { DeliveryRole } from "#constructs/delivery/delivery-role.ts";
import { GithubProvider } from "#constructs/delivery/github-provider.ts";
import { hideSecrets, type Names, planReads, readRows } from "#constructs/delivery/read-policy.ts";
import { leaveStates, readStates, type States, takeLocks } from "#constructs/delivery/state-access.ts";
import { subjects, trustInJobs, trustInPeople } from "#constructs/delivery/trust.ts";
import { workloadStatements } from "#constructs/delivery/workload-policy.ts";
import { keySecretName } from "#domain/playback/key-secret.ts";
import { stateKey } from "#settings/backend.ts";
import type { DeliverySettings } from "#settings/delivery.ts";
import { type Environment, stackProps } from "./environment.ts";
import { output } from "./outputs.ts";

/** Stacks that are applied on a merge. The others hold what holds them in: an administrator applies those. */
const APPLIED = ["platform"] as const;

/** The rows that Terraform writes (house-row.ts). */
const ROW_KEYS = ["USER#house:*", "NAME#*", "CHANNEL#*", "ROOM#*"];

/** The rows that converge changes: the lease of an account, and turns (aws/table/keys.ts). */
const CONVERGE_KEYS = ["USER#*", "PACE#*"];

/** What roles and policies of delivery are called: by no name that an environment's other resources may have. */
const deliveryName = (environment: string, part: string): string => `onair-delivery-${environment}-${part}`;

/** The boundary that every role of the applied stacks has. */
export const workloadBoundaryName = (environment: string): string => deliveryName(environment, "workloads");

/**
 * Who may plan and apply: roles for the pull requests of a repository on GitHub, for its branch and for its protected
 * environment, and one for people. None of them has a key that lasts.
 */
export class DeliveryStack extends AwsStack {
  constructor(scope: Construct, id: string, environment: Environment, settings: DeliverySettings) {
    super(scope, id, stackProps(environment, id));
    const { name, backend } = environment;
    const { repository, branch, githubEnvironment, oidcProviderArn, developers } = settings;
    const named = (part: string) => deliveryName(name, part);
    const { providerArn } = new GithubProvider(this, "github", oidcProviderArn);
    const names: Names = {
      ...{ resources: `onair-${name}-*`, delivery: named("*") },
      ...{ rowKeys: ROW_KEYS, convergeKeys: CONVERGE_KEYS },
    };
    const states: States = {
      bucket: backend.bucket,
      region: backend.region,
      dynamodbTable: backend.dynamodb_table,
      kmsKeyId: backend.kms_key_id,
      keys: stateKey(name, "*"),
    };

    const workloads = new Boundary(this, "workloads", {
      name: workloadBoundaryName(name),
      description: "The most that a function of the environment may do",
      statements: workloadStatements(this, { names: names.resources, secrets: keySecretName(name, "*"), states }),
    });
    const applying = {
      names,
      states,
      writes: APPLIED.map((stack) => stateKey(name, stack)),
      workloadBoundary: workloadBoundaryName(name),
    };
    const applies = new Boundary(this, "applies", {
      name: named("applies"),
      description: "The most that an apply may do",
      statements: applyBoundary(this, applying),
    });

    const reads = [...planReads(this, names, states), ...readStates(this, states), hideSecrets];
    const plan = new DeliveryRole(this, "plan", {
      name: named("plan"),
      description: "Plans pull requests",
      trust: trustInJobs(providerArn, [subjects.pullRequest(repository)]),
      may: [...reads, ...leaveStates(this, states)],
    });
    const watch = new DeliveryRole(this, "watch", {
      name: named("watch"),
      description: "Looks for drift, from the branch",
      trust: trustInJobs(providerArn, [subjects.branch(repository, branch)]),
      may: [...reads, readRows(this, names), ...leaveStates(this, states)],
    });
    const apply = new DeliveryRole(this, "apply", {
      name: named("apply"),
      description: "Applies what was reviewed and merged",
      trust: trustInJobs(providerArn, [subjects.environment(repository, githubEnvironment)]),
      may: applyStatements(this, applying),
      attached: {
        states: { description: "The states and locks of an apply", statements: applyStates(this, applying) },
        denied: {
          description: "What the role may not do, whatever else is attached",
          statements: applyDenials(this, { ...applying, environment: name, names: names.resources }),
        },
      },
      boundary: applies,
    });

    output(this, "delivery_plan_role_arn", plan.resource.arn, "The role that pull requests plan with");
    output(this, "delivery_watch_role_arn", watch.resource.arn, "The role that looks for drift");
    output(this, "delivery_apply_role_arn", apply.resource.arn, "The role that merges are applied with");
    output(this, "delivery_workload_boundary_arn", workloads.policyArn, "The boundary of all roles of functions");
    if (developers.length === 0) return;
    const developer = new DeliveryRole(this, "developer", {
      name: named("developer"),
      description: "Plans from a laptop, under the lock",
      trust: trustInPeople(developers),
      may: [...reads, ...takeLocks(this, states)],
    });
    output(this, "delivery_developer_role_arn", developer.resource.arn, "The role that people plan with");
  }
}
