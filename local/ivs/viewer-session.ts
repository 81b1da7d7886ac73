import { ServiceError } from "../service-model/error.ts";
import { find } from "../service-model/find.ts";
import type { Shapes } from "../service-model/generated/ivs.types.ts";
import type { IvsCall, Operation } from "./state.ts";

/** One viewer of one channel whose playback has to stop, for whoever serves playlists and segments. */
export interface ViewerSessionRevocation {
  readonly channelArn: string;
  readonly viewerId: string;
  /** Sessions whose token has this version or a lower one are revoked; a token without a version has 0. */
  readonly versionsUpTo: number;
  /** When it was asked for last, ISO 8601. */
  readonly time: string;
}

const keyFor = (channelArn: string, viewerId: string) => `${channelArn} ${viewerId}`;

/** Forgets every revocation on a channel that is gone. */
export const forgetRevocations = ({ tables }: IvsCall, channelArn: string) => {
  for (const revocation of tables.viewerSessionRevocations.all()) {
    if (revocation.channelArn !== channelArn) continue;
    tables.viewerSessionRevocations.delete(keyFor(channelArn, revocation.viewerId));
  }
};

const revoke = (call: IvsCall, input: Shapes["BatchStartViewerSessionRevocationViewerSession"]) => {
  const { channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo: version = 0 } = input;
  find(call.tables.channels, channelArn);
  const { viewerSessionRevocations } = call.tables;
  const key = keyFor(channelArn, viewerId);
  const versionsUpTo = Math.max(version, viewerSessionRevocations.get(key)?.versionsUpTo ?? 0);
  viewerSessionRevocations.put(key, { channelArn, viewerId, versionsUpTo, time: new Date(call.now).toISOString() });
};

export const startViewerSessionRevocation: Operation<"StartViewerSessionRevocation"> = (call, input) => {
  revoke(call, input);
  return {};
};

export const batchStartViewerSessionRevocation: Operation<"BatchStartViewerSessionRevocation"> = (call, input) => {
  const errors: Shapes["BatchStartViewerSessionRevocationError"][] = [];
  for (const session of input.viewerSessions) {
    try {
      revoke(call, session);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { channelArn, viewerId } = session;
      errors.push({ channelArn, viewerId, code: error.code, message: error.message });
    }
  }
  return { errors };
};
