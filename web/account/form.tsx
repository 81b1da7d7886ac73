import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/api-error.ts";
import { messageOf } from "../message-of.ts";
import { AccountError } from "./account-error.ts";

/** What stands in a form's fields, by their names. */
export type Values = Readonly<Record<string, string>>;
/** What is wrong with them, by their names; fit for people. */
export type Faults = Readonly<Record<string, string | undefined>>;

export interface FormProps {
  /** What the button says. */
  readonly action: string;
  /** Whether what it does cannot be undone. @default false */
  readonly isDangerous?: boolean;
  /** @default nothing is wrong before it is sent */
  readonly check?: (values: Values) => Faults;
  /** Its error is shown beside the field that it names, or above the button. */
  readonly onSubmit: (values: Values) => Promise<unknown>;
  readonly children: (faults: Faults) => ComponentChildren;
}

/** A form that says what is wrong where it is wrong, and is sent once at a time. */
export function Form({ action, isDangerous, check = () => ({}), onSubmit, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<Faults>({});
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const show = (found: Faults) => {
    setFaults(found);
    const first = Object.keys(found).find((name) => found[name] !== undefined);
    if (first === undefined) return true;
    const field = form.current?.elements.namedItem(first);
    if (field instanceof HTMLElement) field.focus();
    return false;
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy || !form.current) return;
    const values = valuesOf(form.current);
    setProblem(undefined);
    if (!show(check(values))) return;
    setBusy(true);
    try {
      await onSubmit(values);
    } catch (error) {
      const found = faultsIn(error);
      const names = [...(form.current?.elements ?? [])].map((field) => field.getAttribute("name"));
      if (!Object.keys(found).some((name) => names.includes(name)) || show(found)) {
        setProblem(messageOf(error));
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class="form" ref={form} onSubmit={submit} noValidate aria-busy={isBusy}>
      {children(faults)}
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class={isDangerous ? "danger" : "primary"} disabled={isBusy}>
        {action}
      </button>
    </form>
  );
}

/** Without blanks at both ends, but for passwords, of which they may be a part. */
function valuesOf(form: HTMLFormElement): Values {
  const secret = new Set([...form.querySelectorAll<HTMLInputElement>("[type=password]")].map(({ name }) => name));
  const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(entries.map(([name, value]) => [name, secret.has(name) ? value : value.trim()]));
}

function faultsIn(error: unknown): Faults {
  if (error instanceof AccountError && error.field) return { [error.field]: error.message };
  if (error instanceof ApiError) {
    return Object.fromEntries([...error.fields].map(([name, rule]) => [name, `It ${rule}.`]));
  }
  return {};
}

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly autoComplete?: string;
  /** Which keys a phone shows. */
  readonly inputMode?: "numeric" | "email" | "url";
  /** A day and a time of day, as `2026-01-02T15:04`, rather than a text. @default false */
  readonly isMoment?: boolean;
  /** Hides what is written. @default false */
  readonly isSecret?: boolean;
  readonly maxLength?: number;
  readonly defaultValue?: string;
  /** Said before anything is wrong. */
  readonly hint?: string;
  readonly faults: Faults;
  /** Takes more than one line. @default false */
  readonly isLong?: boolean;
  /** Written in first, when its form appears. @default false */
  readonly isFirst?: boolean;
}

/** A field with its name above it, and below it what it wants or what is wrong with it. */
export function Field(props: FieldProps) {
  const { name, label, hint, faults, isSecret, isMoment, isLong, isFirst, ...input } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) field.current?.focus();
  }, []);
  const fault = faults[name];
  const note = `${id}-note`;
  const shared = {
    id,
    name,
    "aria-invalid": fault !== undefined,
    "aria-describedby": fault || hint ? note : undefined,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {isLong && <textarea rows={3} {...input} {...shared} />}
      {isSecret && <input type="password" {...input} {...shared} ref={field} />}
      {isMoment && <input type="datetime-local" {...input} {...shared} ref={field} />}
      {!isLong && !isSecret && !isMoment && <input type="text" {...input} {...shared} ref={field} />}
      {(fault || hint) && (
        <p class="field-note" id={note} data-fault={fault !== undefined} role={fault ? "alert" : undefined}>
          {fault ?? hint}
        </p>
      )}
    </div>
  );
}
