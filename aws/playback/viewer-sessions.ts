import {
  BatchStartViewerSessionRevocationCommand,
  type IvsClient,
  StartViewerSessionRevocationCommand,
} from "@aws-sdk/client-ivs";
import { ServiceError } from "#domain/accounts/service-error.ts";
import type { Revocation, ViewerSessions } from "#domain/playback/ports.ts";
import { ask, CallFailedError, isNamed } from "../accounts/refusals.ts";

/** BatchStartViewerSessionRevocation takes no more at once. */
const mostAtOnce = 20;

const toInput = ({ channelArn, viewerId, upToVersion }: Revocation) => ({
  channelArn,
  viewerId,
  viewerSessionVersionsLessThanOrEqualTo: upToVersion,
});

/** Ten calls a second for one viewer, two for a batch: one alone does not wait behind many. */
export const createViewerSessions = (ivs: IvsClient): ViewerSessions => ({
  async revoke(revocations) {
    const [only, ...others] = revocations;
    if (only === undefined) return;
    if (others.length === 0) return revokeOne(ivs, only);
    for (let start = 0; start < revocations.length; start += mostAtOnce) {
      await revokeSome(ivs, revocations.slice(start, start + mostAtOnce));
    }
  },
});

async function revokeOne(ivs: IvsClient, revocation: Revocation): Promise<void> {
  const revoked = ivs.send(new StartViewerSessionRevocationCommand(toInput(revocation))).catch((error: unknown) => {
    if (!isNamed(error, "ResourceNotFoundException")) throw error;
  });
  await ask("StartViewerSessionRevocation", revoked);
}

/** A batch answers 200 with the errors of those that failed; the whole is done again when one was not a missing channel. */
async function revokeSome(ivs: IvsClient, revocations: readonly Revocation[]): Promise<void> {
  const operation = "BatchStartViewerSessionRevocation";
  const batch = new BatchStartViewerSessionRevocationCommand({ viewerSessions: revocations.map(toInput) });
  const { errors = [] } = await ask(operation, ivs.send(batch));
  const [failed] = errors.filter(({ code }) => code !== "ResourceNotFoundException");
  if (failed === undefined) return;
  if (failed.code === "ThrottlingException") throw new ServiceError("THROTTLED", operation);
  throw new CallFailedError(`${operation} failed: ${failed.code}, ${failed.message ?? ""}`);
}
