import { DisconnectUserCommand, IvschatClient } from "@aws-sdk/client-ivschat";

const client = new IvschatClient({});

/** How chat handlers usually begin: a word list, and a client to throw out who says a word of it. */
export const handler = async (event: { Content: string; RoomArn: string; Sender: { UserId: string } }) => {
  if (!event.Content.toLowerCase().includes("spam")) return { ReviewResult: "ALLOW", Content: event.Content };
  await client.send(new DisconnectUserCommand({ roomIdentifier: event.RoomArn, userId: event.Sender.UserId }));
  return { ReviewResult: "DENY", Content: event.Content, Attributes: { Reason: "spam" } };
};
