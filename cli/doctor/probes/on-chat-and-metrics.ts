import { paginateListMetrics } from "@aws-sdk/client-cloudwatch";
import { CreateChatTokenCommand, CreateRoomCommand, ListRoomsCommand } from "@aws-sdk/client-ivschat";
import { serviceMetrics } from "#domain/operations/service-metrics.ts";
import { type Lab, type Probe, refusalOf, type Seen } from "./probe.ts";

/** Compares what CloudWatch has of some namespaces with what the code looks for; they are there once somebody streamed. */
async function compareMetrics({ cloudWatch, used }: Lab, namespaces: readonly string[]): Promise<Seen> {
  const there = new Map<string, Set<string>>();
  for (const Namespace of namespaces) {
    for await (const { Metrics = [] } of paginateListMetrics({ client: cloudWatch }, { Namespace })) {
      used.cloudWatchCalls += 1;
      for (const { MetricName = "", Dimensions = [] } of Metrics) {
        const dimensions = Dimensions.map(({ Name = "" }) => Name).join("+");
        const key = `${Namespace} ${MetricName}`;
        there.set(key, (there.get(key) ?? new Set()).add(dimensions));
      }
    }
  }
  if (there.size === 0)
    return { agrees: undefined, seen: "CloudWatch has none of the last two weeks: stream, then ask again" };
  const wrong = serviceMetrics
    .filter(({ namespace }) => namespaces.includes(namespace))
    .flatMap(({ namespace, names, dimensions }) =>
      names.flatMap((name) => {
        const found = there.get(`${namespace} ${name}`);
        if (found === undefined) return [`${name} is not there`];
        const missing = dimensions.map((one) => one.join("+")).filter((one) => !found.has(one));
        return missing.length === 0
          ? []
          : [`${name} is not told apart by ${missing.map((one) => one || "nothing").join()}`];
      }),
    );
  return { agrees: wrong.length === 0, seen: wrong.length === 0 ? "all are there" : wrong.join(", ") };
}

/** What can be asked of IVS Chat and CloudWatch without a stream or a connection. */
export const onChatAndMetrics: readonly Probe[] = [
  {
    place: "local/ivschat/room.ts",
    fact: "an empty filter of ListRooms counts as none",
    run: async ({ chat, name, tags }) => {
      await chat.send(new CreateRoomCommand({ name, tags: { ...tags } }));
      const listed = chat.send(new ListRoomsCommand({ name: "" }));
      const refused = await refusalOf(listed);
      if (refused !== undefined) return { agrees: false, seen: `refused: ${refused.name}` };
      const { rooms = [] } = await listed;
      return { agrees: rooms.length > 0, seen: `${rooms.length} rooms are listed` };
    },
  },
  {
    place: "local/ivschat/rules.ts",
    fact: "attributes of a token are counted in bytes, names and values together",
    run: async ({ chat, name, tags }) => {
      const { arn } = await chat.send(new CreateRoomCommand({ name: `${name}-attributes`, tags: { ...tags } }));
      const ask = (value: string) =>
        refusalOf(
          chat.send(new CreateChatTokenCommand({ roomIdentifier: arn, userId: "doctor", attributes: { ab: value } })),
        );
      // 1,022 bytes and the name are 1 KB; the same count of letters of two bytes each is above it.
      const [fits, oneMore, wide] = [
        await ask("a".repeat(1022)),
        await ask("a".repeat(1023)),
        await ask("é".repeat(600)),
      ];
      const said = [fits, oneMore, wide].map((refused) => (refused === undefined ? "taken" : "refused"));
      return {
        agrees: said.join() === "taken,refused,refused",
        seen: `1,024 bytes ${said[0]}, 1,025 ${said[1]}, 600 letters of two bytes ${said[2]}`,
      };
    },
  },
  {
    place: "domain/operations/service-metrics.ts",
    fact: "names, namespaces and dimensions of the metrics of IVS and chat",
    run: (lab) => compareMetrics(lab, ["AWS/IVS", "AWS/IVSChat"]),
  },
];
