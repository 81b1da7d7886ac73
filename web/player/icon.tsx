const paths = {
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M7 5h3.4v14H7zM13.6 5H17v14h-3.4z",
  sound: "M4 9.5v5h3.2l4.8 4v-13l-4.8 4zM14.6 8.2a5 5 0 0 1 0 7.6M16.9 5.6a8.6 8.6 0 0 1 0 12.8",
  muted: "M4 9.5v5h3.2l4.8 4v-13l-4.8 4zM15.5 9.5l5 5M20.5 9.5l-5 5",
  lock: "M6.5 11h11v8.5h-11zM8.8 11V8.2a3.2 3.2 0 0 1 6.4 0V11",
  fullscreen: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
} as const;

export type IconName = keyof typeof paths;

/** Filled where it is a shape, drawn where it is a line. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" data-icon={name} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
