import { Icon, type IconName } from "./icon.tsx";
import type { KeyActions } from "./keys.ts";

export interface ControlsProps extends KeyActions {
  readonly paused: boolean;
  readonly muted: boolean;
  readonly secondsBehind: number | undefined;
  readonly onLive: () => void;
}

/** Further behind than this is no longer live. */
const liveToleranceSeconds = 6;

/** The bar at the bottom of the picture. */
export function Controls(props: ControlsProps) {
  const { paused, muted, secondsBehind, togglePause, toggleSound, toggleFullscreen, onLive } = props;
  const isAtEdge = !paused && (secondsBehind ?? 0) <= liveToleranceSeconds;
  return (
    <div class="controls">
      <Control icon={paused ? "play" : "pause"} label={paused ? "Play" : "Pause"} shortcut="K" onPress={togglePause} />
      <Control
        icon={muted ? "muted" : "sound"}
        label={muted ? "Sound on" : "Sound off"}
        shortcut="M"
        onPress={toggleSound}
      />
      <button
        type="button"
        class="edge"
        data-live={isAtEdge}
        onClick={paused ? togglePause : onLive}
        title={isAtEdge ? "At the newest picture" : "Go to the newest picture"}
      >
        Live
      </button>
      {secondsBehind !== undefined && <span class="behind">{secondsBehind.toFixed(1)} s behind</span>}
      <span class="gap" />
      <Control icon="fullscreen" label="Full screen" shortcut="F" onPress={toggleFullscreen} />
    </div>
  );
}

function Control(props: { icon: IconName; label: string; shortcut: string; onPress: () => void }) {
  const { icon, label, shortcut, onPress } = props;
  return (
    <button type="button" class="control" aria-label={label} title={`${label} (${shortcut})`} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
