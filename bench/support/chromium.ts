import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const hasOwnChromium = process.platform === "linux" && process.arch === "x64";

/**
 * A headless browser that plays H.264 and AAC: the Chromium of an npm package on Linux x64, the machine's own Chrome
 * elsewhere. Throws where there is neither.
 */
export const launchChromium = async (): Promise<Browser> =>
  chromium.launch({
    ...(hasOwnChromium ? { executablePath: await sparticuz.executablePath() } : { channel: "chrome" }),
    // The package's own arguments are for a cloud function and put everything into one process, which slows a player.
    args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
  });
