import type { LogCalls } from "../ivschat/logging/writer.ts";
import { type Connections, connect, type Emulator } from "./connect.ts";
import { type FirehoseClient, loadFirehose } from "./sdk.ts";

/** Firehose PutRecordBatch. */
export type DeliveryStreams = Pick<LogCalls, "putRecordBatch"> & Pick<Connections<FirehoseClient>, "close">;

export const connectDeliveryStreams = (emulator: Emulator): DeliveryStreams => {
  const { call, close } = connect(emulator, { timeoutMilliseconds: 5000 }, async (settings) => {
    const { FirehoseClient } = await loadFirehose();
    return new FirehoseClient(settings);
  });
  return {
    putRecordBatch: async (place, DeliveryStreamName, records) => {
      const { PutRecordBatchCommand } = await loadFirehose();
      const command = new PutRecordBatchCommand({ DeliveryStreamName, Records: records.map((Data) => ({ Data })) });
      const { FailedPutCount = 0 } = await call(place, (client, limits) => client.send(command, limits));
      if (FailedPutCount > 0) throw new Error(`${FailedPutCount} of ${records.length} records were refused`);
    },
    close,
  };
};
