import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Ownership } from "#aws/accounts/ownership.ts";
import { openTable, type Table } from "#aws/table/table.ts";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import type { TargetOptions } from "../onair/options.ts";
import { type Platform, readPlatform } from "../onair/platform.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** All that knows something of an account. */
export interface Services {
  readonly platform: Platform;
  readonly ownership: Ownership;
  readonly table: Table;
  readonly ivs: IvsClient;
  readonly chat: IvschatClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly sqs: SQSClient;
}

/**
 * Asks the services of the deployed platform, and lets go of them.
 *
 * @param again the command, as it is to be typed once more
 * @throws CliError
 */
export async function withServices<Value>(
  terminal: Terminal,
  options: TargetOptions,
  again: string,
  work: (services: Services) => Promise<Value>,
): Promise<Value> {
  const platform = await readPlatform(terminal, options, again);
  const { region } = platform.target;
  const dynamodb = new DynamoDBClient({ region });
  const clients = {
    ivs: new IvsClient({ region }),
    chat: new IvschatClient({ region }),
    cognito: new CognitoIdentityProviderClient({ region }),
    sqs: new SQSClient({ region }),
  };
  const { environment } = platform;
  const ownership = { environment, namePrefix: `onair-${environment}` };
  try {
    return await work({ platform, ownership, table: openTable(dynamodb, platform.tableName), ...clients });
  } catch (thrown) {
    throw awsFailure(thrown, again);
  } finally {
    for (const client of [dynamodb, ...Object.values(clients)]) client.destroy();
  }
}
