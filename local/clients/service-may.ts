import type { Ministack } from "../ministack/process.ts";
import type { Place } from "../service-model/state.ts";

/** What a service is about to do to a resource, and for which of its own. */
export interface ServiceAction {
  /** For example `ivschat.amazonaws.com`. */
  readonly service: string;
  /** For example `lambda:InvokeFunction`. */
  readonly action: string;
  /** The ARN of what is acted on. */
  readonly resource: string;
  /** The ARN of what the service acts for. */
  readonly sourceArn: string;
}

/** Whether the resource's own policy lets a service act; undefined where there is no such resource. */
export type ServiceMay = (place: Place, action: ServiceAction) => Promise<boolean | undefined>;

/** Asks ministack's IAM engine. */
export const createServiceMay =
  ({ call }: Pick<Ministack, "call">): ServiceMay =>
  async (place, action) => {
    const { allowed } = await call<{ readonly allowed: boolean | null }>("service-may", { ...place, ...action });
    return allowed ?? undefined;
  };
