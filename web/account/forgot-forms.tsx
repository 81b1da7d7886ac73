import { Field, Form } from "./form.tsx";
import { NewPassword } from "./new-password.tsx";
import { Resend } from "./resend.tsx";
import { codeFault, emailFault, passwordFault } from "./rules.ts";
import { cognito, signIn } from "./session.ts";
import type { Go } from "./steps.ts";

/** Has a code sent to who forgot the password. */
export function ForgotForm({ email: known, go }: { readonly email: string; readonly go: Go }) {
  return (
    <Form
      action="Send a code"
      check={({ email = "" }) => ({ email: emailFault(email) })}
      onSubmit={async ({ email = "" }) => {
        await (await cognito()).forgotPassword(email);
        go({ at: "reset", email });
      }}
    >
      {(faults) => (
        <Field
          name="email"
          label="E-mail"
          inputMode="email"
          autoComplete="username"
          defaultValue={known}
          faults={faults}
          isFirst
        />
      )}
    </Form>
  );
}

/** Sets a new password by the mailed code, then signs in with it. */
export function ResetForm({ email, go }: { readonly email: string; readonly go: Go }) {
  return (
    <>
      <p class="form-lead">
        If there is an account with <strong>{email}</strong>, a mail with a code is on its way.
      </p>
      <Form
        action="Set the password"
        check={({ code = "", password = "" }) => ({ code: codeFault(code), password: passwordFault(password) })}
        onSubmit={async ({ code = "", password = "" }) => {
          await (await cognito()).setPassword(email, code, password);
          const result = await signIn(email, password);
          go(result === "signed-in" ? { at: "done", isNew: false } : { at: "sign-in" });
        }}
      >
        {(faults) => (
          <>
            <Field name="code" label="Code" inputMode="numeric" autoComplete="one-time-code" faults={faults} isFirst />
            <NewPassword label="New password" faults={faults} />
          </>
        )}
      </Form>
      <Resend onResend={async () => (await cognito()).forgotPassword(email)} wasSent />
    </>
  );
}
