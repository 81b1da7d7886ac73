import { useState } from "preact/hooks";
import { Dialog } from "../dialog.tsx";
import { Tabs } from "../tabs.tsx";
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

/** Signing in and up. */
export function SignInDialog({ onDone, onClose }: SignInDialogProps) {
  const [step, setStep] = useState<Step>({ at: "sign-in" });
  const go: Go = (next) => (next.at === "done" ? onDone(next.isNew) : setStep(next));
  return (
    <Dialog title={titles[step.at]} onClose={onClose}>
      {(step.at === "sign-in" || step.at === "sign-up") && (
        <Tabs
          label="Have you an account?"
          names={{ "sign-in": "I have an account", "sign-up": "I am new here" }}
          chosen={step.at}
          onChoose={(at) => go({ at })}
        />
      )}
      <StepForm key={step.at} step={step} go={go} />
      {(step.at === "confirm" || step.at === "forgot" || step.at === "reset") && (
        <p class="form-else">
          <button type="button" class="link" onClick={() => go({ at: "sign-in" })}>
            Back to signing in
          </button>
        </p>
      )}
    </Dialog>
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
