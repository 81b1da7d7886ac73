import { bytesOf } from "../../service-model/rules.ts";
import type { Room } from "../room.ts";
import type { Attributes } from "./frames.ts";
import { MOST_ATTRIBUTE_BYTES, MOST_CONTENT_CODE_POINTS, REVIEW_MILLISECONDS } from "./limits.ts";
import { isAttributes } from "./request.ts";

/** What a review handler is invoked with (user guide, "Chat Message Review Handler"). */
export interface ReviewPayload {
  readonly Content: string;
  readonly MessageId: string;
  readonly RoomArn: string;
  /** Empty where the message has none (unverified). */
  readonly Attributes: Attributes;
  readonly Sender: { readonly Attributes: Attributes; readonly UserId: string; readonly Ip: string };
}

/**
 * Invokes a Lambda function and resolves with its answer, parsed. Rejects where the function cannot be invoked or has
 * failed.
 */
export type InvokeReview = (functionArn: string, payload: ReviewPayload) => Promise<unknown>;

/** What becomes of a message. */
export type Verdict =
  | { readonly result: "ALLOW"; readonly content: string; readonly attributes: Attributes | undefined }
  | { readonly result: "DENY"; readonly reason: string };

/** What the sender is told where the handler gives no reason (unverified). */
const NO_REASON = "The message was denied by the message review handler";

const isContent = (value: unknown): value is string =>
  typeof value === "string" && [...value].length <= MOST_CONTENT_CODE_POINTS;

const isGoodAttributes = (value: unknown): value is Attributes =>
  isAttributes(value) && bytesOf(value) <= MOST_ATTRIBUTE_BYTES;

/**
 * Reads a handler's answer; undefined where it does not have the documented form. Attributes may be left out; the
 * message then has none (unverified). Members besides the three are ignored.
 */
export const readAnswer = (answer: unknown): Verdict | undefined => {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { ReviewResult: result, Content: content, Attributes: given } = answer as Record<string, unknown>;
  const attributes = given ?? undefined;
  if (!isContent(content) || (attributes !== undefined && !isGoodAttributes(attributes))) return undefined;
  if (result === "DENY") return { result, reason: attributes?.Reason || NO_REASON };
  return result === "ALLOW" && content !== "" ? { result, content, attributes } : undefined;
};

const within = async <Type>(milliseconds: number, promise: Promise<Type>): Promise<Type> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Asks a room's handler about a message. Never rejects: where there is no good answer in time, the room's fallback
 * decides, with the original text.
 * @param report told, in a line without the message, why the fallback decided
 */
export const reviewMessage = async (
  invoke: InvokeReview,
  { uri, fallbackResult }: NonNullable<Room["messageReviewHandler"]>,
  payload: ReviewPayload,
  original: { readonly content: string; readonly attributes: Attributes | undefined },
  report: (line: string) => void,
): Promise<Verdict> => {
  try {
    const verdict = readAnswer(await within(REVIEW_MILLISECONDS, invoke(uri, payload)));
    if (verdict) return verdict;
    throw new Error("the answer is not as documented");
  } catch (error) {
    const cause = (error as Error).message;
    report(`Review of message ${payload.MessageId} by ${uri}: ${cause}; the fallback is ${fallbackResult}.`);
    return fallbackResult === "DENY" ? { result: "DENY", reason: NO_REASON } : { result: "ALLOW", ...original };
  }
};
