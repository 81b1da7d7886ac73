import type { Functions } from "../clients/functions.ts";
import type { ServiceMay } from "../clients/service-may.ts";
import { placeOf } from "../service-model/arn.ts";
import { REVIEW_MILLISECONDS } from "./messaging/limits.ts";
import type { InvokeReview } from "./messaging/review.ts";

const SERVICE = "ivschat.amazonaws.com";

/**
 * Invokes review handlers as the service does: a function whose policy does not let it, for the room, is not invoked.
 * @param failed told of each invocation that failed, or took longer than the service waits
 */
export const createInvokeReview =
  (
    functions: Pick<Functions, "invoke">,
    serviceMay: ServiceMay,
    failed: (roomArn: string, functionArn: string) => void,
  ): InvokeReview =>
  async (functionArn, payload) => {
    const { RoomArn } = payload;
    const late = performance.now() + REVIEW_MILLISECONDS;
    const action = { service: SERVICE, action: "lambda:InvokeFunction", resource: functionArn, sourceArn: RoomArn };
    let isGood = false;
    try {
      if ((await serviceMay(placeOf(RoomArn), action)) === false) {
        throw new Error(`the function's policy does not let ${SERVICE} invoke it for this room`);
      }
      const answer = await functions.invoke(functionArn, payload);
      isGood = performance.now() < late;
      return answer;
    } finally {
      if (!isGood) failed(RoomArn, functionArn);
    }
  };
