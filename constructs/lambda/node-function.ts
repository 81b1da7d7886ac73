import { existsSync } from "node:fs";
import { join } from "node:path";
import { DataArchiveFile } from "@cdktf/provider-archive/lib/data-archive-file/index.js";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { checkRange } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";
import { physicalName } from "../core/name.ts";
import type { Grantee, Statement } from "../core/policy.ts";
import { DeadLetterQueue } from "../queue/dead-letter-queue.ts";
import { Alias } from "./alias.ts";
import { archiveProvider } from "./archive-provider.ts";
import { bundleOnce, HANDLERS } from "./bundle.ts";
import type { Bindable, IConsumer } from "./consumer.ts";
import { ExecutionRole } from "./execution-role.ts";
import type { IInvocable } from "./invocable.ts";

/** The newest that the oldest supported provider accepts. */
const RUNTIME = "nodejs22.x";

export interface NodeFunctionProps<Environment extends object = Readonly<Record<string, string>>> {
  /** A folder of handlers/, whose handler.ts exports `handler`. */
  readonly handler: string;
  /** Where the folders of handlers are, for those of your own. @default the project's handlers/ */
  readonly handlersFolder?: string;
  /** What the handler's env.ts asks for, less what is bound afterwards. @default none */
  readonly environment?: Partial<Environment>;
  /** Values built into the code, for what must not be changed on a running function. @default none */
  readonly constants?: Readonly<Record<string, unknown>>;
  /** Who calls it: an asynchronous call that fails for good goes to a dead-letter queue. @default "synchronous" */
  readonly invocation?: "synchronous" | "asynchronous";
  /** 1 to 900. @default 10 */
  readonly timeoutSeconds?: number;
  /** 128 to 10240; CPU grows with it. @default 256 */
  readonly memoryMegabytes?: number;
  /** Publishes each change as a version behind an alias of this name. @default none */
  readonly alias?: string;
  /** Warm instances behind the alias, which must be set. @default none: they cost money while idle */
  readonly provisionedConcurrency?: number;
  /** Takes so many of the account's concurrent executions for this function. @default none: the account has few */
  readonly reservedConcurrency?: number;
  /** A larger bundle is refused: cold starts grow with it. @default 1024 */
  readonly bundleLimitKilobytes?: number;
}

/**
 * A Lambda function from one folder of handlers/: bundled by esbuild, zipped by the archive provider, with a role that may
 * write its log and do what it was granted, and a log group that forgets.
 */
export class NodeFunction<Environment extends object = Readonly<Record<string, string>>>
  extends Construct
  implements IConsumer
{
  /** The underlying `aws_lambda_function`. */
  readonly resource: LambdaFunction;
  /** The folder of handlers/ that it runs. */
  readonly handler: string;
  readonly role: ExecutionRole;
  readonly logGroup: CloudwatchLogGroup;
  readonly timeoutSeconds: number;
  readonly #variables: Record<string, string>;
  readonly #alias: Alias | undefined;

  constructor(scope: Construct, id: string, props: NodeFunctionProps<Environment>) {
    super(scope, id);
    const { timeoutSeconds = 10, memoryMegabytes = 256, invocation = "synchronous" } = props;
    checkRange(this, "timeoutSeconds", timeoutSeconds, { minimum: 1, maximum: 900, unit: "seconds" });
    checkRange(this, "memoryMegabytes", memoryMegabytes, { minimum: 128, maximum: 10_240, unit: "megabytes" });
    if (props.provisionedConcurrency !== undefined && props.alias === undefined) {
      throw new ConfigError(
        "ERR_NO_ALIAS",
        this,
        "provisionedConcurrency",
        "needs an alias",
        props.provisionedConcurrency,
      );
    }
    this.handler = props.handler;
    this.timeoutSeconds = timeoutSeconds;
    this.#variables = { ...props.environment } as Record<string, string>;
    const functionName = physicalName(this, { maximumLength: 64 });
    this.logGroup = new CloudwatchLogGroup(this, "Logs", {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: AwsStack.of(this).logRetentionDays,
    });
    this.role = new ExecutionRole(this, "Role", this.logGroup);
    const archive = this.#archive(props);
    const deadLetters = invocation === "asynchronous" ? new DeadLetterQueue(this, "DeadLetters") : undefined;
    deadLetters?.grantSend(this.role);
    this.resource = new LambdaFunction(this, "Resource", {
      functionName,
      role: this.role.resource.arn,
      runtime: RUNTIME,
      handler: "handler.handler",
      filename: archive.outputPath,
      sourceCodeHash: archive.outputBase64Sha256,
      timeout: timeoutSeconds,
      memorySize: memoryMegabytes,
      ...(props.environment && { environment: { variables: this.#variables } }),
      ...(deadLetters && { deadLetterConfig: { targetArn: deadLetters.queueArn } }),
      ...(props.alias && { publish: true }),
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      dependsOn: [this.role.policy],
    });
    if (props.alias) this.#alias = new Alias(this, "Alias", this.resource, props.alias, props.provisionedConcurrency);
  }

  /** Reads a function's ARN, qualified or not. Throws ERR_ARN where it is another kind of ARN. */
  static fromFunctionArn(scope: Construct, functionArn: string): IInvocable {
    const [, , service, , , kind, functionName, qualifier] = functionArn.split(":");
    if (service !== "lambda" || kind !== "function" || !functionName) {
      throw new ConfigError("ERR_ARN", scope, "functionArn", "must be the ARN of a lambda function", functionArn);
    }
    return { functionArn, functionName, ...(qualifier && { qualifier }) };
  }

  get functionName(): string {
    return this.resource.functionName;
  }

  /** The alias's name, where there is one. */
  get qualifier(): string | undefined {
    return this.#alias?.resource.name;
  }

  /** What callers name: the alias's ARN where there is one. */
  get functionArn(): string {
    return this.#alias?.resource.arn ?? this.resource.arn;
  }

  get grants(): IamRolePolicy {
    return this.role.policy;
  }

  get outputs(): Record<string, string> {
    return { name: this.functionName, arn: this.functionArn };
  }

  /** Gives the function a thing's name in a variable, and the right to use it so. Throws ERR_VARIABLE_TWICE. */
  bind<Access>(
    thing: Bindable<Access>,
    { variable, access }: { readonly variable: keyof Environment & string; readonly access: Access },
  ): void {
    if (variable in this.#variables) {
      throw new ConfigError("ERR_VARIABLE_TWICE", this, "environment", "must set a variable once", variable);
    }
    this.#variables[variable] = thing.bindingValue;
    this.resource.putEnvironment({ variables: this.#variables });
    thing.grantAccess(this, access);
  }

  /** Lets another function call this one. */
  grantInvoke(grantee: Grantee): void {
    grantee.grant({ sid: "InvokeFunction", actions: ["lambda:InvokeFunction"], resources: [this.functionArn] });
  }

  grant(statement: Statement): void {
    this.role.grant(statement);
  }

  #archive(props: NodeFunctionProps<Environment>): DataArchiveFile {
    const { handler, handlersFolder = HANDLERS, constants, bundleLimitKilobytes = 1024 } = props;
    const entry = join(handlersFolder, handler, "handler.ts");
    if (!existsSync(entry)) {
      throw new ConfigError(
        "ERR_NO_HANDLER",
        this,
        "handler",
        "must be a folder of handlers/ with a handler.ts",
        handler,
      );
    }
    const { folder, bytes } = bundleOnce({ handler, handlersFolder, constants });
    const kilobytes = Math.ceil(bytes / 1024);
    if (kilobytes > bundleLimitKilobytes) {
      throw new ConfigError(
        "ERR_BUNDLE_SIZE",
        this,
        "handler",
        `must bundle to at most ${bundleLimitKilobytes} KB`,
        kilobytes,
      );
    }
    const asset = new TerraformAsset(this, "Code", { path: folder, type: AssetType.DIRECTORY });
    return new DataArchiveFile(this, "Archive", {
      provider: archiveProvider(this),
      type: "zip",
      sourceDir: `\${path.module}/${asset.path}`,
      outputPath: `\${path.module}/archives/${this.node.id}.zip`,
      // Without it the zip, and so its hash, would follow the umask of whoever deploys.
      outputFileMode: "0644",
    });
  }
}
