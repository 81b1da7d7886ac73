import type { OwnedChannels, OwnedResources, StreamKeys, StreamStopper } from "#domain/accounts/ports.ts";
import { ServiceError } from "#domain/accounts/service-error.ts";
import type { TaggedResources } from "#domain/accounts/spares.ts";
import type { ChannelAccess } from "#domain/playback/change-access.ts";
import type { World } from "./world.ts";

interface Channel {
  readonly sub: string;
  readonly keys: Set<string>;
  access: "public" | "private";
  live: boolean;
  isStopped: boolean;
}

/**
 * IVS and IVS Chat in memory, as they behave: a channel comes with a key and takes no second one (402), a live channel
 * is neither deleted nor changed (409), what is gone is not found, 5 calls of an operation a second (429), as many channels as the quota
 * allows (402).
 */
export class Service {
  readonly channels = new Map<string, Channel>();
  readonly rooms = new Map<string, string>();
  readonly callTimes = new Map<string, number[]>();
  /** Channels that the account may have. */
  quota = Number.POSITIVE_INFINITY;
  /** How often an encoder went live again after its stream was stopped. */
  returns = 0;
  #ids = 0;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  #call<Answer>(operation: string, effect: () => Answer) {
    return this.#world.call(() => {
      const times = this.callTimes.get(operation) ?? [];
      const recent = times.filter((time) => time > this.#world.time - 1000);
      if (recent.length >= 5) throw new ServiceError("THROTTLED", operation);
      this.callTimes.set(operation, [...recent, this.#world.time]);
      return effect();
    });
  }

  readonly channelPort: OwnedChannels & TaggedResources = {
    addresses: (arn) =>
      this.#call("GetChannel", () => {
        if (!this.channels.has(arn)) throw new ServiceError("GONE", "GetChannel");
        return { ingestEndpoint: `${arn}.ingest`, playbackUrl: `${arn}.m3u8` };
      }),
    find: (sub) =>
      this.#call("ListChannels", () => [...this.channels].filter(([, one]) => one.sub === sub).map(([arn]) => arn)),
    create: (sub, access) =>
      this.#call("CreateChannel", () => {
        if (this.channels.size >= this.quota) throw new ServiceError("QUOTA", "CreateChannel");
        const arn = `channel/${this.#ids++}`;
        const keys = new Set([`stream-key/${this.#ids++}`]);
        this.channels.set(arn, { sub, keys, access, live: false, isStopped: false });
        return arn;
      }),
    remove: (arn) =>
      this.#call("DeleteChannel", () => {
        if (this.channels.get(arn)?.live) throw new ServiceError("CONFLICT", "DeleteChannel");
        this.channels.delete(arn);
      }),
    all: () => pages([...this.channels].map(([arn, { sub }]) => ({ arn, sub }))),
  };

  readonly accessPort: ChannelAccess = {
    set: async (arn, access) => {
      await this.#call("UpdateChannel", () => {
        const channel = this.channels.get(arn);
        if (channel && !channel.live) channel.access = access;
      });
      return this.#call("GetChannel", () => {
        const channel = this.channels.get(arn);
        if (channel === undefined) throw new ServiceError("GONE", "GetChannel");
        return channel.access === access ? "changed" : "live";
      });
    },
  };

  readonly roomPort: OwnedResources & TaggedResources = {
    find: (sub) =>
      this.#call("ListRooms", () => [...this.rooms].filter(([, owner]) => owner === sub).map(([arn]) => arn)),
    create: (sub) =>
      this.#call("CreateRoom", () => {
        const arn = `room/${this.#ids++}`;
        this.rooms.set(arn, sub);
        return arn;
      }),
    remove: (arn) => this.#call("DeleteRoom", () => void this.rooms.delete(arn)),
    all: () => pages([...this.rooms].map(([arn, sub]) => ({ arn, sub }))),
  };

  readonly keyPort: StreamKeys = {
    list: (arn) => this.#call("ListStreamKeys", () => [...(this.channels.get(arn)?.keys ?? [])]),
    create: (arn) =>
      this.#call("CreateStreamKey", () => {
        const channel = this.channels.get(arn);
        if (channel === undefined) throw new ServiceError("GONE", "CreateStreamKey");
        if (channel.keys.size > 0) throw new ServiceError("QUOTA", "CreateStreamKey");
        const keyArn = `stream-key/${this.#ids++}`;
        channel.keys.add(keyArn);
        return keyArn;
      }),
    remove: (keyArn) =>
      this.#call("DeleteStreamKey", () => {
        for (const { keys } of this.channels.values()) keys.delete(keyArn);
      }),
  };

  readonly streamPort: StreamStopper = {
    stop: (arn) =>
      this.#call("StopStream", () => {
        const channel = this.channels.get(arn);
        if (!channel?.live) return "offline";
        channel.isStopped = true;
        this.#world.after(3000, () => {
          channel.live = false;
        });
        return "stopping";
      }),
  };

  /** An encoder that goes live with a channel's key, and comes back for 10 minutes, as long as the key is good. */
  encode(arn: string) {
    const keyArn = [...(this.channels.get(arn)?.keys ?? [])][0];
    const until = this.#world.time + 600_000;
    const connect = () => {
      const channel = this.channels.get(arn);
      if (this.#world.time > until || channel === undefined || keyArn === undefined || !channel.keys.has(keyArn))
        return;
      if (channel.isStopped && !channel.live) this.returns++;
      channel.live = true;
      this.#world.after(2000, connect);
    };
    connect();
  }
}

async function* pages<Item>(items: readonly Item[]) {
  for (let first = 0; first < items.length; first += 50) yield items.slice(first, first + 50);
}
