import { beforeEach, describe, expect, it } from "vitest";
import { claimsOf } from "#__tests__/handlers/fixture/api-call.ts";
import { type ApiWorld, apiWorld, subs } from "#__tests__/handlers/fixture/api-world.ts";
import { furnish, validCalls } from "#__tests__/handlers/fixture/valid-calls.ts";
import { type ApiRoute, type RouteId, routes } from "#domain/api/routes.ts";
import type { Plans } from "#domain/plans/plan.ts";
import { countCalls } from "#handlers/shared/api/plan.ts";

const table = Object.entries(routes) as [RouteId, ApiRoute][];
const shared = table.flatMap(([id, { share }]) => (share ? [[id, share] as const] : []));
const generous: Plans = { everyone: { requestsPerSecond: 1000, requestsPerDay: 1000 } };

/** Both functions of the API, with calls counted; time stands still. */
async function countingWorld(plans: Plans): Promise<ApiWorld> {
  const counts = new Map<string, number>();
  const counter = {
    async add(sub: string, window: string) {
      const key = `${sub} ${window}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return counts.get(key) ?? 0;
    },
  };
  const world = apiWorld({ before: countCalls({ plans, counter, now: () => Date.parse("2026-01-02T15:00:00Z") }) });
  await furnish(world);
  return world;
}

describe("one user's share", () => {
  it("is there for each route of users that takes from a quota of AWS, and for uploads", () => {
    const slow = table.filter(([, { access, throttle }]) => access === "signed-in" && throttle).map(([id]) => id);
    expect(shared.map(([id]) => id)).toEqual(expect.arrayContaining([...slow, "requestAvatarUpload", "showAvatar"]));
  });

  it.each(shared)("of %s leaves at least four fifths of its rate to others", (id, { calls, seconds }) => {
    const { throttle } = routes[id] as ApiRoute;
    if (throttle) expect(calls).toBeLessThanOrEqual((throttle.requestsPerSecond * seconds) / 5);
  });
});

describe.each(shared)("%s", (id, { calls, seconds }) => {
  let world: ApiWorld;
  beforeEach(async () => {
    world = await countingWorld(generous);
  });
  const call = (sub: string) => world.call(id, { ...validCalls[id], claims: claimsOf(sub) });

  it("is closed to one user above their share, with what the share is and when to come back, and open to others", async () => {
    for (let made = 0; made < calls; made += 1) expect((await call(subs.ada)).status).not.toBe(429);
    const acts = world.moderation.acts.length;
    const { status, body, headers } = await call(subs.ada);
    expect([status, headers["retry-after"]]).toEqual([429, String(seconds)]);
    expect(body).toMatchObject({
      code: "SHARE_EXCEEDED",
      title: "You ask for this too often.",
      detail: `One user may make ${calls} such calls in ${seconds} s. Try again in ${seconds} s.`,
    });
    expect(world.moderation.acts).toHaveLength(acts);
    expect((await call(subs.mod)).status).not.toBe(429);
  });

  it("counts towards the plan", async () => {
    world = await countingWorld({ everyone: { requestsPerSecond: 1000, requestsPerDay: 1 } });
    expect((await call(subs.ada)).status).not.toBe(429);
    const { status, body } = await call(subs.ada);
    expect([status, body.code]).toEqual([429, "PLAN_EXCEEDED"]);
    expect(body.detail).toBe("Your plan has 1 calls a day that cost. Try again in 32400 s.");
  });
});
