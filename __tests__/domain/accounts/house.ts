import { requestDeletion } from "#domain/accounts/deletion.ts";
import { resetStreamKey } from "#domain/accounts/key-reset.ts";
import type { Belongings, WorkQueue } from "#domain/accounts/ports.ts";
import { signUp } from "#domain/accounts/sign-up.ts";
import { removeSpares } from "#domain/accounts/spares.ts";
import { removeUserless } from "#domain/accounts/userless.ts";
import { sweep, type WorkMessage, type WorkPorts, work } from "#domain/accounts/work.ts";
import {
  type AccessChange,
  type AccessOutcome,
  type ChangeAccessPorts,
  changeAccess,
} from "#domain/playback/change-access.ts";
import type { Profile } from "#domain/profiles/profile.ts";
import { Service } from "./service.ts";
import { Table } from "./table.ts";
import { Crash, type Draw, World } from "./world.ts";

/** Redelivery of a message whose worker died: longer than a lease. */
const visibility = 75_000;
/** The longest that a request of the API may run. */
const requestMilliseconds = 10_000;
const sweepMilliseconds = 300_000;

/** The accounts backend over services in memory: a queue that delivers at least once, and callers that try again. */
export class House {
  readonly world: World;
  readonly service: Service;
  readonly table: Table;
  readonly users = new Set<string>();
  readonly objects = new Map<string, number>();
  /** Further rows of users: webhooks, bans, audit. */
  readonly records = new Map<string, number>();
  /** Channels that their owners made private. */
  readonly privates = new Set<string>();
  readonly answeredKeys: { sub: string; keyArn: string }[] = [];
  /** What workers died of, other than a crash that was asked for. */
  readonly surprises: unknown[] = [];
  /** Channels and rooms that only the last sweep found. */
  spares = 0;
  /** Messages that were put back, and accounts that were given up. */
  readonly putBacks: WorkMessage[] = [];
  readonly givenUp: string[] = [];
  #holders = 0;

  constructor(draw: Draw) {
    this.world = new World(draw);
    this.service = new Service(this.world);
    this.table = new Table(this.world);
  }

  readonly queue: WorkQueue = {
    send: (sub, afterMilliseconds, putBack) =>
      this.world.call(() => {
        const message = { sub, ...putBack };
        if (putBack) this.putBacks.push(message);
        this.#deliver(message, afterMilliseconds);
        if (this.world.faults > 0 && this.world.draw(4) === 0) this.#deliver(message, afterMilliseconds + 5);
      }),
  };

  #deliver(message: WorkMessage, afterMilliseconds: number) {
    this.world.after(afterMilliseconds, () => {
      work(message, this.ports()).then(
        ({ kind }) => void (kind === "given-up" && this.givenUp.push(message.sub)),
        (error) => {
          this.#notice(error);
          this.#deliver(message, visibility);
        },
      );
    });
  }

  #notice(error: unknown) {
    if (!(error instanceof Crash)) this.surprises.push(error);
  }

  readonly profiles: ChangeAccessPorts["profiles"] = {
    bySub: (sub) =>
      this.world.call(() => {
        const row = this.table.rows.get(sub);
        if (row === undefined || row.stage === "deleted") return undefined;
        const live = this.service.channels.get(row.channelArn ?? "")?.live ?? false;
        const access = this.privates.has(sub) ? "private" : "public";
        return { sub, access, live: { live } } as Profile;
      }),
    edit: (sub, { access }) =>
      this.world.call(() => {
        if (this.table.rows.get(sub)?.stage !== "complete") return false;
        if (access === "private") this.privates.add(sub);
        else this.privates.delete(sub);
        return true;
      }, true),
  };

  ports(): WorkPorts {
    const removedFrom = (things: Map<string, number>): Belongings => ({
      removeSome: (sub) =>
        this.world.call(() => {
          const left = Math.max(0, (things.get(sub) ?? 0) - 2);
          things.set(sub, left);
          return left > 0 ? "more" : "all";
        }),
    });
    return {
      store: this.table,
      clock: this.world.clock,
      holder: `worker-${this.#holders++}`,
      channels: this.service.channelPort,
      rooms: this.service.roomPort,
      profiles: this.profiles,
      keys: this.service.keyPort,
      streams: this.service.streamPort,
      objects: removedFrom(this.objects),
      records: removedFrom(this.records),
      users: { remove: (sub) => this.world.call(() => void this.users.delete(sub)) },
      queue: this.queue,
    };
  }

  /** A call that is made again a little later when it dies, up to three times in all. */
  #insist(call: () => Promise<unknown>, tries = 3) {
    call().catch((error) => {
      this.#notice(error);
      if (tries > 1) this.world.after(500, () => this.#insist(call, tries - 1));
    });
  }

  signUp(sub: string) {
    if (!this.table.rows.has(sub)) {
      this.users.add(sub);
      this.objects.set(sub, 5);
    }
    const randomName = () =>
      this.world
        .draw(36 ** 5)
        .toString(36)
        .padStart(5, "0");
    this.#insist(() => signUp(sub, "Ana", { store: this.table, queue: this.queue, randomName }));
  }

  delete(sub: string) {
    this.#insist(() => requestDeletion(sub, { store: this.table, queue: this.queue }));
  }

  /** Asks again, a few times, when told to come back. */
  reset(sub: string, id: string, patience = 5) {
    this.#insist(async () => {
      const outcome = await resetStreamKey(sub, id, this.ports());
      if (outcome.kind === "reset") this.answeredKeys.push({ sub, keyArn: outcome.keyArn });
      if (outcome.kind === "later" && patience > 0) {
        this.world.after(outcome.retryInMilliseconds, () => this.reset(sub, id, patience - 1));
      }
    });
  }

  /** A request that is let in by the row as it is, and writes something of the user's before its time is over. */
  note(sub: string) {
    this.#insist(async () => {
      const row = await this.table.read(sub);
      if (row?.stage !== "complete") return;
      const ends = this.world.time + requestMilliseconds - 200;
      await this.world.clock.sleep(this.world.draw(requestMilliseconds));
      if (this.world.time > ends) return;
      const things = this.world.draw(2) === 0 ? this.objects : this.records;
      things.set(sub, (things.get(sub) ?? 0) + 1);
    }, 1);
  }

  changeAccess(sub: string, change: AccessChange): Promise<AccessOutcome> {
    return changeAccess(sub, change, { ...this.ports(), channels: this.service.accessPort, profiles: this.profiles });
  }

  goLive(sub: string) {
    const arn = this.table.rows.get(sub)?.channelArn;
    if (arn !== undefined) this.service.encode(arn);
  }

  /** Somebody removes a channel by hand, as the console lets them. */
  lose(sub: string) {
    for (const arn of this.channelsOf(sub))
      if (!this.service.channels.get(arn)?.live) this.service.channels.delete(arn);
  }

  isWithoutChannel(sub: string) {
    const row = this.table.rows.get(sub);
    return row?.stage === "complete" && !this.service.channels.has(row.channelArn ?? "");
  }

  /** Nothing goes wrong any more: what broke off is swept up. */
  async settle() {
    this.world.faults = 0;
    const { table, service } = this;
    const sweepLater = async () => {
      await this.world.clock.sleep(sweepMilliseconds);
      await sweep({ store: table, queue: this.queue });
    };
    const repairs = [
      async () => {},
      sweepLater,
      () => this.#removeUserless(),
      sweepLater,
      async () => {
        this.spares += await removeSpares("channelArn", service.channelPort, table);
        this.spares += await removeSpares("roomArn", service.roomPort, table);
      },
    ];
    for (const repair of repairs) {
      this.#insist(repair, 1);
      await this.world.run();
    }
  }

  #removeUserless() {
    return removeUserless({
      ...{ store: this.table, queue: this.queue, clock: this.world.clock },
      accounts: async () => ({ rows: [...this.table.rows.values()].filter(({ stage }) => stage === "complete") }),
      place: { read: async () => undefined, write: async () => {} },
      isGone: async (sub) => !this.users.has(sub),
    });
  }

  /** How the channel is that the row names; absent where there is none. */
  accessOf(sub: string) {
    return this.service.channels.get(this.table.rows.get(sub)?.channelArn ?? "")?.access;
  }

  channelsOf(sub: string) {
    return [...this.service.channels].filter(([, channel]) => channel.sub === sub).map(([arn]) => arn);
  }

  roomsOf(sub: string) {
    return [...this.service.rooms].filter(([, owner]) => owner === sub).map(([arn]) => arn);
  }
}
