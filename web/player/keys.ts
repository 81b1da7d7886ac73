export interface KeyActions {
  readonly togglePause: () => void;
  readonly toggleSound: () => void;
  readonly toggleFullscreen: () => void;
}

const actionOf: Readonly<Record<string, keyof KeyActions>> = {
  " ": "togglePause",
  k: "togglePause",
  m: "toggleSound",
  f: "toggleFullscreen",
};

/** Does what a key means in the player. With Ctrl, Alt or Meta held it is the browser's; on a button, Space presses it. */
export function keyAction(event: KeyboardEvent, actions: KeyActions): void {
  const action = actionOf[event.key.toLowerCase()];
  if (action === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === " " && event.target instanceof HTMLButtonElement) return;
  event.preventDefault();
  actions[action]();
}
