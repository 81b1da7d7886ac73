import { GetStreamKeyCommand, type IvsClient } from "@aws-sdk/client-ivs";

/**
 * The value of a stream key; undefined when the key is gone. It is a secret: keep it out of logs, arguments and errors.
 */
export async function readStreamKeyValue(ivs: IvsClient, keyArn: string): Promise<string | undefined> {
  try {
    const { streamKey } = await ivs.send(new GetStreamKeyCommand({ arn: keyArn }));
    return streamKey?.value;
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
