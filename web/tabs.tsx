export interface TabsProps<Name extends string> {
  /** What is chosen between, for who does not see it. */
  readonly label: string;
  /** What each says, in their order. */
  readonly names: Readonly<Record<Name, string>>;
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
}

/** Buttons, one of which is pressed. */
export function Tabs<Name extends string>({ label, names, chosen, onChoose }: TabsProps<Name>) {
  return (
    <nav class="tabs" aria-label={label}>
      {(Object.keys(names) as Name[]).map((name) => (
        <button key={name} type="button" aria-pressed={name === chosen} onClick={() => onChoose(name)}>
          {names[name]}
        </button>
      ))}
    </nav>
  );
}
