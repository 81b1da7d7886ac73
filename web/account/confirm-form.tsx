import { useEffect } from "preact/hooks";
import { AccountError } from "./account-error.ts";
import { Field, Form } from "./form.tsx";
import { Resend } from "./resend.tsx";
import { codeFault } from "./rules.ts";
import { cognito, signIn } from "./session.ts";
import type { Go, Step } from "./steps.ts";

export interface ConfirmFormProps {
  readonly step: Extract<Step, { readonly at: "confirm" }>;
  readonly go: Go;
}

/** Proves the address by the mailed code, then signs in. */
export function ConfirmForm({ step: { email, password, isLate }, go }: ConfirmFormProps) {
  const resend = async () => (await cognito()).resendCode(email);
  useEffect(() => {
    // The button below says it if this one fails.
    if (isLate) resend().catch(() => undefined);
  }, []);
  return (
    <>
      <p class="form-lead">
        A mail with a code is on its way to <strong>{email}</strong>.
      </p>
      <Form
        action="Confirm"
        check={({ code = "" }) => ({ code: codeFault(code) })}
        onSubmit={async ({ code = "" }) => {
          await confirm(email, code);
          const result = await signIn(email, password);
          go(result === "signed-in" ? { at: "done", isNew: true } : { at: "sign-in" });
        }}
      >
        {(faults) => (
          <Field
            name="code"
            label="Code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            faults={faults}
            isFirst
          />
        )}
      </Form>
      <Resend onResend={resend} wasSent />
    </>
  );
}

/** Where the answer to an earlier try was lost, the address is confirmed already; then signing in is what is left. */
async function confirm(email: string, code: string): Promise<void> {
  try {
    await (await cognito()).confirm(email, code);
  } catch (error) {
    if (!(error instanceof AccountError && error.code === "NotAuthorizedException")) throw error;
  }
}
