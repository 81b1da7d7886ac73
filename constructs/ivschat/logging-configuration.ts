import { IvschatLoggingConfiguration } from "@cdktf/provider-aws/lib/ivschat-logging-configuration/index.js";
import { Construct } from "constructs";
import { checkArn, checkName } from "../core/check.ts";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";
import type { LogDestination } from "./log-destination.ts";

/** Says where chat is logged; made here or elsewhere. */
export interface ILoggingConfiguration {
  readonly loggingConfigurationArn: string;
}

export interface LoggingConfigurationProps {
  readonly destination: LogDestination;
  /** 1 to 128 letters, digits, hyphens or underscores. @default from the construct's path */
  readonly name?: string;
}

/**
 * Where IVS Chat writes what is said in the rooms that name it: one destination each, since the service takes one. What
 * the delivery service needs at the destination is written first.
 */
export class LoggingConfiguration extends Construct implements ILoggingConfiguration {
  /** The underlying `aws_ivschat_logging_configuration`. */
  readonly resource: IvschatLoggingConfiguration;

  constructor(scope: Construct, id: string, { destination, name }: LoggingConfigurationProps) {
    super(scope, id);
    checkName(this, "name", name);
    const { configuration, requires } = destination.prepare(this);
    this.resource = new IvschatLoggingConfiguration(this, "Resource", {
      name: name ?? physicalName(this),
      destinationConfiguration: configuration,
      dependsOn: [...requires],
      // The service deletes none that a room still names: rooms are pointed at the new one first.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** Reads a logging configuration's ARN. Throws ERR_ARN where it is another kind of ARN. */
  static fromLoggingConfigurationArn(scope: Construct, loggingConfigurationArn: string): ILoggingConfiguration {
    checkArn(scope, "loggingConfigurationArn", loggingConfigurationArn, "ivschat", "logging-configuration");
    return { loggingConfigurationArn };
  }

  get loggingConfigurationArn(): string {
    return this.resource.arn;
  }

  /** Lets a function read where this logs to. */
  grantRead(grantee: Grantee): void {
    const resources = [this.loggingConfigurationArn];
    grantee.grant({ sid: "GetLoggingConfiguration", actions: ["ivschat:GetLoggingConfiguration"], resources });
  }

  get outputs(): Record<string, string> {
    return { arn: this.loggingConfigurationArn };
  }
}
