import type { CredentialScope } from "./credentials.ts";
import { isPublic } from "./public-calls.ts";
import { type Refusal, refusal } from "./refusal.ts";
import type { RequestHead } from "./request-head.ts";
import { refuseForeignHost, refuseForeignPage, refuseUnsigned } from "./strangers.ts";

/** Where a request goes. */
export type Verdict =
  | { readonly to: "nowhere"; readonly refusal: Refusal }
  /** Our own routes below `/_onair/`. */
  | { readonly to: "ourselves" }
  | { readonly to: "engine"; readonly scope: CredentialScope }
  /** A playlist or a segment: whether the viewer may have it is the video engine's to say. */
  | { readonly to: "playback" }
  /** A WebSocket of chat: its token is looked at by the chat engine. */
  | { readonly to: "chat" }
  | { readonly to: "ministack" };

/** The regions where Amazon IVS and IVS Chat exist. */
const IVS_REGIONS: readonly string[] = [
  "us-east-1",
  "us-west-2",
  "ap-south-1",
  "ap-northeast-1",
  "ap-northeast-2",
  "eu-central-1",
  "eu-west-1",
];

/** Services that neither an engine of ours nor ministack stands for; said here, or clients retry for minutes. */
const NOT_EMULATED: ReadonlySet<string> = new Set([
  "mediaconvert",
  "medialive",
  "mediapackage",
  "mediapackage-vod",
  "mediapackagev2",
  "mediastore",
  "mediatailor",
]);

/** What players fetch; the service has it on hosts of its own. */
const PLAYBACK_PREFIX = "/api/video/v1/";
/** Where chat clients connect; the service has it on a host of its own. */
export const CHAT_PATH = "/chat";

const isPlayback = ({ method, target, signed, presigned }: RequestHead): boolean =>
  signed === undefined &&
  presigned === undefined &&
  ["GET", "HEAD", "OPTIONS"].includes(method) &&
  target.startsWith(PLAYBACK_PREFIX);

const isChat = ({ path, headers }: RequestHead): boolean =>
  path === CHAT_PATH && headers.upgrade?.toLowerCase() === "websocket";

const refuseEmulatorDoors = ({ path }: RequestHead): Refusal | undefined =>
  /^\/_(ministack|localstack|onair)(\/|$)/.test(path)
    ? refusal(404, "NO_SUCH_PATH", `The local cloud has nothing at ${path}.`, "ResourceNotFoundException")
    : undefined;

const refuseUnknownService = ({ region, service }: CredentialScope, engines: ReadonlySet<string>) => {
  if (engines.has(service) && !IVS_REGIONS.includes(region)) {
    return refusal(
      400,
      "NO_SUCH_REGION",
      `${service} does not exist in ${region}; it exists in ${IVS_REGIONS.join(", ")}.`,
      "UnknownEndpointException",
    );
  }
  if (!engines.has(service) && NOT_EMULATED.has(service)) {
    return refusal(
      400,
      "NOT_EMULATED",
      `The local cloud has no ${service}. It works on AWS; this call was not carried out.`,
      "UnsupportedOperationException",
    );
  }
  return undefined;
};

const nowhere = (reason: Refusal): Verdict => ({ to: "nowhere", refusal: reason });

/**
 * Decides where a request goes. Strangers are refused here and nowhere else: first by Host, then, unless the call is
 * one that Amazon serves to anyone, by the page that it comes from and by its missing signature.
 * @param engines the signing names of the services that our engines stand for
 */
export const judge = (head: RequestHead, engines: ReadonlySet<string>): Verdict => {
  const foreignHost = refuseForeignHost(head);
  if (foreignHost !== undefined) return nowhere(foreignHost);

  if (head.target.startsWith("/_onair/")) {
    const foreignPage = refuseForeignPage(head);
    return foreignPage === undefined ? { to: "ourselves" } : nowhere(foreignPage);
  }
  const closedDoor = refuseEmulatorDoors(head);
  if (closedDoor !== undefined) return nowhere(closedDoor);
  if (isPlayback(head)) return { to: "playback" };
  if (isChat(head)) return { to: "chat" };
  if (head.signed === undefined && isPublic(head)) return { to: "ministack" };

  const stranger = refuseForeignPage(head) ?? refuseUnsigned(head);
  if (stranger !== undefined) return nowhere(stranger);
  const scope = head.signed ?? head.presigned;
  const unknown = scope && refuseUnknownService(scope, engines);
  if (unknown !== undefined) return nowhere(unknown);
  return scope !== undefined && engines.has(scope.service) ? { to: "engine", scope } : { to: "ministack" };
};
