import { type Faults, Field } from "./form.tsx";
import { passwordRule } from "./rules.ts";

/** The field of a password that is not known yet: its rule is said before it is typed. */
export function NewPassword({ label, faults }: { readonly label: string; readonly faults: Faults }) {
  return (
    <Field
      name="password"
      label={label}
      isSecret
      autoComplete="new-password"
      hint={`With ${passwordRule}.`}
      faults={faults}
    />
  );
}
