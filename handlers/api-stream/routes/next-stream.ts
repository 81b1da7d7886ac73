import * as v from "valibot";
import { announceableRule, isAnnounceable } from "#domain/calendar/next-stream.ts";
import type { Profiles } from "#domain/profiles/profile.ts";
import { accountDeleted, type ReadyDeps, readyRoute } from "../../shared/accounts/ready-route.ts";
import { isoTime, moment, plainText } from "../../shared/api/fields.ts";
import { invalidRequest } from "../../shared/api/problem.ts";
import { answer } from "../../shared/api/route.ts";

interface NextStreamDeps extends ReadyDeps {
  readonly profiles: Pick<Profiles, "edit">;
  /** Milliseconds. */
  readonly now: () => number;
}

export const planNextStream = readyRoute({
  id: "planNextStream",
  summary: "Announces the caller's next stream.",
  body: v.strictObject({ startsAt: moment, title: plainText({ minimum: 1, maximum: 140 }) }),
  answers: { 200: v.object({ startsAt: isoTime, title: v.string() }) },
  async handle({ caller, body }, { profiles, now }: NextStreamDeps) {
    const { startsAt, title } = body;
    const iso = new Date(startsAt).toISOString();
    if (!isAnnounceable(startsAt, now())) {
      throw invalidRequest([{ field: "body.startsAt", rule: announceableRule, got: iso }]);
    }
    if (!(await profiles.edit(caller.sub, { planned: { startsAt, title } }))) throw accountDeleted();
    return answer(200, { startsAt: iso, title });
  },
});

export const cancelNextStream = readyRoute({
  id: "cancelNextStream",
  summary: "Takes the announcement of the caller's next stream back.",
  answers: { 204: null },
  async handle({ caller }, { profiles }: NextStreamDeps) {
    if (!(await profiles.edit(caller.sub, { planned: null }))) throw accountDeleted();
    return answer(204);
  },
});
