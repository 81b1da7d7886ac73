/** VideoCodecID of an FLV tag (E.4.3.1 of the FLV specification, version 10.1); 12 is a common private use. */
const VIDEO: Readonly<Record<number, string>> = {
  2: "Sorenson H.263",
  3: "Screen Video",
  4: "VP6",
  5: "VP6 with alpha",
  6: "Screen Video 2",
  7: "H.264",
  12: "HEVC",
};

/** SoundFormat of an FLV tag (E.4.2.1). */
const AUDIO: Readonly<Record<number, string>> = {
  0: "PCM",
  1: "ADPCM",
  2: "MP3",
  3: "PCM",
  4: "Nellymoser",
  5: "Nellymoser",
  6: "Nellymoser",
  7: "G.711 A-law",
  8: "G.711 mu-law",
  10: "AAC",
  11: "Speex",
  14: "MP3",
};

/** Codecs by the four characters that enhanced RTMP names them with. */
const FOUR_CHARACTERS: Readonly<Record<string, string>> = {
  avc1: "H.264",
  hvc1: "HEVC",
  av01: "AV1",
  vp08: "VP8",
  vp09: "VP9",
  mp4a: "AAC",
  Opus: "Opus",
  fLaC: "FLAC",
  "ac-3": "AC-3",
  "ec-3": "E-AC-3",
  ".mp3": "MP3",
};

/** H.264 profiles by profile_idc, as the Amazon IVS API writes them. */
const PROFILES: Readonly<Record<number, string>> = {
  66: "Baseline",
  77: "Main",
  88: "Extended",
  100: "High",
  110: "High 10",
  122: "High 4:2:2",
  244: "High 4:4:4 Predictive",
};

export const profileName = (profile: number): string => PROFILES[profile] ?? `Profile ${profile}`;
export const videoCodecName = (id: number): string => VIDEO[id] ?? `codec ${id}`;
export const audioCodecName = (id: number): string => AUDIO[id] ?? `sound format ${id}`;

/** The codec of an enhanced RTMP tag; what is unknown is not repeated, since it is a stranger's bytes. */
export const enhancedCodecName = (body: Buffer): string => {
  const name = FOUR_CHARACTERS[body.toString("latin1", 1, 5)] ?? "an unknown codec";
  return `${name} in enhanced RTMP`;
};
