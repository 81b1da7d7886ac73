import type { LogCalls } from "../ivschat/logging/writer.ts";
import { type Connections, connect, type Emulator } from "./connect.ts";
import { type CloudWatchLogsClient, loadCloudWatchLogs } from "./sdk.ts";

/** CloudWatch Logs CreateLogStream and PutLogEvents. */
export type Logs = Pick<LogCalls, "createLogStream" | "putLogEvents"> &
  Pick<Connections<CloudWatchLogsClient>, "close">;

export const connectLogs = (emulator: Emulator): Logs => {
  const { call, close } = connect(emulator, { timeoutMilliseconds: 5000 }, async (settings) => {
    const { CloudWatchLogsClient } = await loadCloudWatchLogs();
    return new CloudWatchLogsClient(settings);
  });
  return {
    createLogStream: async (place, stream) => {
      const { CreateLogStreamCommand, ResourceAlreadyExistsException } = await loadCloudWatchLogs();
      try {
        await call(place, (client, limits) => client.send(new CreateLogStreamCommand(stream), limits));
      } catch (error) {
        if (!(error instanceof ResourceAlreadyExistsException)) throw error;
      }
    },
    putLogEvents: async (place, stream, events) => {
      const { PutLogEventsCommand } = await loadCloudWatchLogs();
      const command = new PutLogEventsCommand({ ...stream, logEvents: [...events] });
      const { rejectedLogEventsInfo: rejected } = await call(place, (client, limits) => client.send(command, limits));
      if (rejected) throw new Error(`log events were rejected: ${Object.keys(rejected).join(", ")}`);
    },
    close,
  };
};
