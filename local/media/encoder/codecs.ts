/** What a file holds of one kind. */
export interface Codec {
  /** As ffmpeg names it, for example `h264 (High)`. */
  readonly name: string;
  /** Amazon IVS takes it as it is. */
  readonly fits: boolean;
}

const FITTING_VIDEO = /^h264 \((Constrained Baseline|Baseline|Main|High)\).*\byuvj?420p\b/;
const FITTING_AUDIO = /^aac \(LC\)/;

/**
 * Reads which video and audio a file has first, from what ffmpeg says of its inputs. A cover picture is no video.
 * H.264 of 8 bits and 4:2:0 fits, and AAC of low complexity.
 */
export const codecsOf = (messages: string): { readonly video?: Codec; readonly audio?: Codec } => {
  const [inputs = ""] = messages.split(/^Output #/m);
  const streams = [...inputs.matchAll(/^\s+Stream #0:\d+.*?: (Video|Audio): (.*)$/gm)];
  const find = (kind: string, fitting: RegExp): Codec | undefined => {
    const what = streams.find(([, said, what]) => said === kind && !what?.includes("(attached pic)"))?.[2];
    if (what === undefined) return undefined;
    return { name: /^\w+(?: \([^)]*\))?/.exec(what)?.[0] ?? what, fits: fitting.test(what) };
  };
  const video = find("Video", FITTING_VIDEO);
  const audio = find("Audio", FITTING_AUDIO);
  return { ...(video && { video }), ...(audio && { audio }) };
};
