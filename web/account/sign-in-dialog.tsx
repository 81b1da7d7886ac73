import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ConfirmForm } from "./confirm-form.tsx";
import { ForgotForm, ResetForm } from "./forgot-forms.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { SignUpForm } from "./sign-up-form.tsx";
import type { Go, Step } from "./steps.ts";

export interface SignInDialogProps {
  /** Somebody is signed in, perhaps with an account that was made just now. */
  readonly onDone: (isNew: boolean) => void;
  readonly onClose: () => void;
}

const titles: Readonly<Record<Step["at"], string>> = {
  "sign-in": "Sign in",
  "sign-up": "Sign up",
  confirm: "Confirm your address",
  forgot: "Forgot the password",
  reset: "Choose a new password",
  done: "Signed in",
};

/** Signing in and up, over the page: what plays goes on playing. */
export function SignInDialog({ onDone, onClose }: SignInDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [step, setStep] = useState<Step>({ at: "sign-in" });
  // Before its first field takes the focus.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const go: Go = (next) => (next.at === "done" ? onDone(next.isNew) : setStep(next));
  return (
    <dialog class="dialog" ref={dialog} onClose={onClose} aria-labelledby="dialog-title">
      <header class="dialog-top">
        <h2 id="dialog-title">{titles[step.at]}</h2>
        <button type="button" class="dialog-close" aria-label="Close" onClick={onClose}>
          ×
        </button>
      </header>
      {(step.at === "sign-in" || step.at === "sign-up") && <Tabs chosen={step.at} go={go} />}
      <StepForm key={step.at} step={step} go={go} />
      {(step.at === "confirm" || step.at === "forgot" || step.at === "reset") && (
        <p class="form-else">
          <button type="button" class="link" onClick={() => go({ at: "sign-in" })}>
            Back to signing in
          </button>
        </p>
      )}
    </dialog>
  );
}

function Tabs({ chosen, go }: { readonly chosen: "sign-in" | "sign-up"; readonly go: Go }) {
  return (
    <nav class="tabs" aria-label="Have you an account?">
      {(["sign-in", "sign-up"] as const).map((at) => (
        <button key={at} type="button" aria-pressed={at === chosen} onClick={() => go({ at })}>
          {at === "sign-in" ? "I have an account" : "I am new here"}
        </button>
      ))}
    </nav>
  );
}

function StepForm({ step, go }: { readonly step: Step; readonly go: Go }) {
  switch (step.at) {
    case "sign-in":
      return <SignInForm go={go} />;
    case "sign-up":
      return <SignUpForm go={go} />;
    case "confirm":
      return <ConfirmForm step={step} go={go} />;
    case "forgot":
      return <ForgotForm email={step.email} go={go} />;
    case "reset":
      return <ResetForm email={step.email} go={go} />;
    case "done":
      return null;
  }
}
