import type { AwsStack } from "#constructs/core/aws-stack.ts";
import { type Grantee, policyDocument, type Statement } from "#constructs/core/policy.ts";
import type { Channel } from "#constructs/ivs/channel.ts";
import type { Room } from "#constructs/ivschat/room.ts";
import { UserResources } from "../accounts/user-resources.ts";

export interface Granting {
  readonly channel: Channel;
  readonly room: Room;
  /** In the tag `onair:environment`. */
  readonly environment: string;
}

/** What functions of the platform are granted, each as a policy that a session can have. */
export function grantsOf(stack: AwsStack, { channel, room, environment }: Granting): Readonly<Record<string, string>> {
  const ofUsers = new UserResources(stack, environment);
  const makeChannels = ofUsers.makeChannels();
  const without = (sid: string) => makeChannels.filter((statement) => statement.sid !== sid);
  const policies: Readonly<Record<string, readonly Statement[]>> = {
    makeChannels,
    makeChannelsUntagged: without("TagNewChannelsOfUser"),
    makeChannelsOfUser: without("TagNewChannels"),
    changeChannels: ofUsers.changeChannels(),
    makeRooms: ofUsers.makeRooms(),
    putMetadata: noted((grantee) => channel.grantPutMetadata(grantee)),
    createChatToken: noted((grantee) => room.grantCreateChatToken(grantee)),
  };
  return Object.fromEntries(Object.entries(policies).map(([name, statements]) => [name, policyDocument(statements)]));
}

function noted(give: (grantee: Grantee) => void): readonly Statement[] {
  const statements: Statement[] = [];
  give({ grant: (statement) => statements.push(statement) });
  return statements;
}
