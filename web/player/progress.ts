export interface ProgressEvents {
  /** The picture has moved for a while. */
  readonly moving: () => void;
  /** The picture stands still for longer than a player needs to help itself. Told once. */
  readonly still: () => void;
  readonly eachSecond: () => void;
  /** It was far behind the newest picture for a while, which a slightly faster speed does not cure. */
  readonly farBehind: () => void;
  readonly secondsBehind: () => number | undefined;
}

const patienceSeconds = { beforeFirstPicture: 20, between: 10 };
const movingSeconds = 10;
const farSeconds = 8;
const farPatienceSeconds = 5;

/** Watches whether a video element plays; one that is paused is left in peace. Returns what ends it. */
export function watchProgress(video: HTMLVideoElement, events: ProgressEvents): () => void {
  let seen = video.currentTime;
  let [moving, still, far] = [0, 0, 0];
  let hasMoved = false;

  const look = () => {
    events.eachSecond();
    if (isPaused(video)) {
      [moving, still, far] = [0, 0, 0];
      return;
    }
    const moves = video.currentTime !== seen;
    seen = video.currentTime;
    hasMoved ||= moves;
    [moving, still] = moves ? [moving + 1, 0] : [0, still + 1];
    if (moving === movingSeconds) events.moving();
    far = (events.secondsBehind() ?? 0) > farSeconds ? far + 1 : 0;
    if (far === farPatienceSeconds) {
      far = 0;
      events.farBehind();
    }
    if (still < (hasMoved ? patienceSeconds.between : patienceSeconds.beforeFirstPicture)) return;
    clearInterval(timer);
    events.still();
  };
  const timer = setInterval(look, 1000);
  return () => clearInterval(timer);
}

/** By the viewer or the browser, with a picture to show: not because nothing has come yet, or nothing more comes. */
const isPaused = (video: HTMLVideoElement): boolean =>
  video.paused && !video.ended && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
