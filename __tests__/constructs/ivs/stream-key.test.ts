import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { StreamKey } from "#constructs/ivs/stream-key.ts";

describe("StreamKey", () => {
  it("is always sensitive, though the provider does not mark it so", () => {
    const stack = testStack();
    const key = new StreamKey(stack, "key", new Channel(stack, "stage"));
    new TerraformOutput(stack, "ingest", { value: key.value, sensitive: true });
    expect(template(stack).output("ingest")).toHaveProperty("value", "${sensitive(data.aws_ivs_stream_key.key.value)}");
  });

  it("is read only where it is asked for", () => {
    const stack = testStack();
    new Channel(stack, "stage");
    expect(template(stack).json.data).not.toHaveProperty("aws_ivs_stream_key");
  });
});
