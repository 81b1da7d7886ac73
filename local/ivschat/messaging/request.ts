import { bytesOf } from "../../service-model/rules.ts";
import type { Attributes } from "./frames.ts";
import {
  MESSAGE_ID,
  MOST_ATTRIBUTE_BYTES,
  MOST_REASON_CHARACTERS,
  MOST_REQUEST_ID_CHARACTERS,
  MOST_USER_ID_CHARACTERS,
} from "./limits.ts";
import { RequestError } from "./request-error.ts";

/** What a client asks for. */
export type ChatRequest =
  | { readonly action: "SEND_MESSAGE"; readonly content: string; readonly attributes: Attributes | undefined }
  | { readonly action: "DELETE_MESSAGE"; readonly messageId: string; readonly reason: string | undefined }
  | { readonly action: "DISCONNECT_USER"; readonly userId: string; readonly reason: string | undefined };

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const lengthOf = (text: string) => {
  let codePoints = 0;
  for (const _ of text) codePoints += 1;
  return codePoints;
};

/** The members of a frame; undefined where it is not a JSON object. */
export const readFields = (text: string): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The request's own id, to be named in what becomes of it; empty where there is none that can be. */
export const requestIdOf = (fields: Fields | undefined): string => {
  const id = fields?.RequestId;
  return typeof id === "string" && id.length <= MOST_REQUEST_ID_CHARACTERS ? id : "";
};

const optionalText = (fields: Fields, name: string, most: number): string | undefined => {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new RequestError(400, `${name} must be a string`);
  if (lengthOf(value) > most) throw new RequestError(413, `${name} must be at most ${most} characters`);
  return value;
};

const requiredText = (fields: Fields, name: string, most: number): string => {
  const value = optionalText(fields, name, most);
  if (value === undefined || value === "") throw new RequestError(400, `${name} is required`);
  return value;
};

/** Whether a value can be the attributes of a message. */
export const isAttributes = (value: unknown): value is Attributes =>
  isObject(value) && Object.values(value).every((each) => typeof each === "string");

const readAttributes = ({ Attributes: value }: Fields): Attributes | undefined => {
  if (value === undefined || value === null) return undefined;
  if (!isAttributes(value)) throw new RequestError(400, "Attributes must be an object of strings");
  if (bytesOf(value) > MOST_ATTRIBUTE_BYTES) {
    throw new RequestError(413, `Attributes must be at most ${MOST_ATTRIBUTE_BYTES} bytes, names and values together`);
  }
  return value;
};

/**
 * Reads a client's request; members that it does not know are ignored.
 * @param mostContent longest content in the room, in code points
 * @throws RequestError 400 for what is malformed, 413 for what is too long
 */
export const readRequest = (fields: Fields | undefined, mostContent: number): ChatRequest => {
  if (fields === undefined) throw new RequestError(400, "The request must be a JSON object");
  optionalText(fields, "RequestId", MOST_REQUEST_ID_CHARACTERS);
  switch (fields.Action) {
    case "SEND_MESSAGE": {
      const content = requiredText(fields, "Content", mostContent);
      return { action: "SEND_MESSAGE", content, attributes: readAttributes(fields) };
    }
    case "DELETE_MESSAGE": {
      const messageId = requiredText(fields, "Id", Number.POSITIVE_INFINITY);
      if (!MESSAGE_ID.test(messageId)) throw new RequestError(400, "Id must be the id of a message");
      return { action: "DELETE_MESSAGE", messageId, reason: optionalText(fields, "Reason", MOST_REASON_CHARACTERS) };
    }
    case "DISCONNECT_USER": {
      const userId = requiredText(fields, "UserId", MOST_USER_ID_CHARACTERS);
      return { action: "DISCONNECT_USER", userId, reason: optionalText(fields, "Reason", MOST_REASON_CHARACTERS) };
    }
    default:
      throw new RequestError(400, "Action must be SEND_MESSAGE, DELETE_MESSAGE or DISCONNECT_USER");
  }
};
