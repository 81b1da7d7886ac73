import * as v from "valibot";
import { nicknameLimits, type Profiles } from "#domain/profiles/profile.ts";
import { accountDeleted, type ReadyDeps, readyRoute } from "../../shared/accounts/ready-route.ts";
import { channelSchema, toChannel } from "../../shared/api/channel.ts";
import { channelName, plainText } from "../../shared/api/fields.ts";
import { Problem } from "../../shared/api/problem.ts";
import { answer } from "../../shared/api/route.ts";

export interface ProfileDeps extends ReadyDeps {
  readonly profiles: Pick<Profiles, "bySub" | "edit" | "rename">;
}

const changes = v.pipe(
  v.strictObject({
    title: v.optional(plainText({ minimum: 1, maximum: 140 })),
    description: v.optional(plainText({ minimum: 0, maximum: 1000, lines: true })),
    nickname: v.optional(plainText(nicknameLimits)),
    name: v.optional(channelName),
  }),
  v.check((given) => Object.keys(given).length > 0, "must hold at least one of title, description, nickname, name"),
);

const nameTaken = (name: string) =>
  new Problem(409, "NAME_TAKEN", "This name is taken.", `Another channel is called "${name}".`, {
    errors: [{ field: "body.name", rule: "must be a name that no channel has", got: `"${name}"` }],
  });

const changedMeanwhile = () =>
  new Problem(409, "CHANGED_MEANWHILE", "Your channel was changed at the same time.", "Try again.");

/** @throws Problem NAME_TAKEN, CHANGED_MEANWHILE */
async function rename(sub: string, to: string, profiles: ProfileDeps["profiles"]) {
  const from = (await profiles.bySub(sub))?.name;
  const outcome = from === undefined ? "changed" : await profiles.rename(sub, from, to);
  if (outcome === "name-taken") throw nameTaken(to);
  if (outcome === "changed") throw changedMeanwhile();
}

export const changeMe = readyRoute({
  id: "changeMe",
  summary: "Changes what your channel is called and what it says.",
  body: changes,
  answers: { 200: channelSchema },
  async handle({ caller: { sub }, body: { name, ...texts } }, { profiles }: ProfileDeps) {
    // The one change that others can refuse goes first, so that a refused request changes nothing.
    if (name !== undefined) await rename(sub, name, profiles);
    if (
      Object.keys(texts).length > 0 &&
      !(await profiles.edit(sub, texts as Partial<Record<keyof typeof texts, string>>))
    )
      throw accountDeleted();
    const profile = await profiles.bySub(sub);
    if (profile === undefined) throw accountDeleted();
    return answer(200, toChannel(profile));
  },
});
