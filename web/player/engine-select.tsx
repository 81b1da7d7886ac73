import { type EngineName, engineNames } from "./engines.ts";

const labels: Readonly<Record<EngineName, string>> = {
  "hls.js": "hls.js",
  "amazon-ivs-player": "Amazon IVS player",
};

export interface EngineSelectProps {
  readonly chosen: EngineName;
  readonly onChoose: (name: EngineName) => void;
}

/** Lets a viewer choose the player; the browser remembers it. */
export function EngineSelect({ chosen, onChoose }: EngineSelectProps) {
  return (
    <label class="engine">
      <span>Player</span>
      <select value={chosen} onChange={(event) => onChoose(event.currentTarget.value as EngineName)}>
        {engineNames.map((name) => (
          <option key={name} value={name}>
            {labels[name]}
          </option>
        ))}
      </select>
    </label>
  );
}
