import { describe, expect, it } from "vitest";
import { parseOrder } from "#local/media/encoder/order.ts";

const order = { url: "rtmps://127.0.0.1:1936/app", streamKey: "sk_us-west-2_secret", folder: "/folder" };
const refused = (changes: object) => () => parseOrder(JSON.stringify({ ...order, ...changes }));

describe("parseOrder", () => {
  it("reads what is sent, and where to", () => {
    const whole = { ...order, file: "/clip.mp4", certificate: "/rtmps.pem" };
    expect(parseOrder(JSON.stringify(whole))).toEqual(whole);
    expect(parseOrder(JSON.stringify(order))).toEqual(order);
  });

  it.each([
    [{ streamKey: "" }, "the order's streamKey must be a text that is not empty"],
    [{ folder: 1 }, "the order's folder must be a text that is not empty"],
    [{ file: "" }, "the order's file must be a text that is not empty"],
    [{ url: "https://127.0.0.1/app" }, "the order's url must begin with rtmp:// or rtmps:// and name an application"],
    [{ url: "rtmp://127.0.0.1" }, "the order's url must begin with rtmp:// or rtmps:// and name an application"],
  ])("refuses %j", (changes, message) => {
    expect(refused(changes)).toThrow(message);
  });

  it.each(["", "{", "[]", "null", '"sk_us-west-2_secret"'])("refuses %j without repeating it", (line) => {
    expect(() => parseOrder(line)).toThrow(/^the order/);
    expect(() => parseOrder(line)).not.toThrow(/secret/);
  });
});
