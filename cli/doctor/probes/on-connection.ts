import { setTimeout as sleep } from "node:timers/promises";
import { DisconnectUserCommand } from "@aws-sdk/client-ivschat";
import { textFor } from "#domain/moderation/reasons.ts";
import { type Answer, enter, handshake, tokenFor } from "./chat-connection.ts";
import type { Lab, Probe } from "./probe.ts";
import { blockedWord } from "./stack-run.ts";

const talker = { userId: "talker", capabilities: ["SEND_MESSAGE" as const] };

/** What the handler refuses, by 406, the service took. */
const said = ({ Type, ErrorCode }: Answer): string =>
  Type === "ERROR" && ErrorCode !== 406 ? `refused by ${ErrorCode}` : "taken";

/** A function that was just made is slow at first, and a message goes past it. */
const TRIES = 8;

/** What can be asked of a room with a connection. */
export const onConnection: readonly Probe[] = [
  {
    place: "handlers/review-message/event.ts",
    fact: "a room may call its handler, and error 406 carries the reason that it gives",
    run: async (lab) => {
      using room = await enter(lab, await tokenFor(lab, talker));
      for (let left = TRIES; left > 0; left -= 1) {
        const answer = await room.send({ content: `this is ${blockedWord}` });
        if (answer.ErrorCode === 406) {
          const carries = answer.ErrorMessage?.includes(textFor("BLOCKED_WORD")) ?? false;
          return { agrees: carries, seen: carries ? "406, with the reason" : `406: ${answer.ErrorMessage}` };
        }
        await sleep(500);
      }
      return { agrees: false, seen: `the handler did not decide in ${TRIES} messages` };
    },
  },
  {
    place: "local/ivschat/messaging/limits.ts",
    fact: "attributes of a message are at most 1,024 bytes, and request ids 256 characters",
    run: async (lab) => {
      using room = await enter(lab, await tokenFor(lab, talker));
      const attributes = (bytes: number) => ({ content: "a", attributes: { ab: "a".repeat(bytes - 2) } });
      const ids = (characters: number) => ({ content: "a", requestId: "a".repeat(characters) });
      const answers: string[] = [];
      for (const message of [attributes(1024), attributes(1025), ids(256), ids(257)]) {
        answers.push(said(await room.send(message)));
      }
      const kinds = answers.map((answer) => answer.split(" ")[0]).join();
      return { agrees: kinds === "taken,refused,taken,refused", seen: answers.join(", ") };
    },
  },
  {
    place: "local/ivschat/messaging/admission.ts",
    fact: "a handshake without a token is answered with 401, and one with a wrong or a used token with 403",
    run: async (lab) => {
      const token = await tokenFor(lab, talker);
      const first = await handshake(lab, token);
      const statuses = [await handshake(lab, undefined), await handshake(lab, "wrong"), await handshake(lab, token)];
      return { agrees: first === "open" && statuses.join() === "401,403,403", seen: statuses.join(", ") };
    },
  },
  {
    place: "local/ivschat/messaging/engine.ts",
    fact: "who is disconnected is closed with 1000",
    run: async (lab: Lab) => {
      using room = await enter(lab, await tokenFor(lab, talker));
      const { roomArn } = lab.stack;
      await lab.chat.send(new DisconnectUserCommand({ roomIdentifier: roomArn, userId: talker.userId }));
      const code = await Promise.race([room.closed, sleep(10_000, "not closed")]);
      return { agrees: code === 1000, seen: `${code}` };
    },
  },
];
