import { Field, Form } from "./form.tsx";
import { emailFault } from "./rules.ts";
import { signIn } from "./session.ts";
import type { Go } from "./steps.ts";

/** For who has an account. */
export function SignInForm({ go }: { readonly go: Go }) {
  return (
    <>
      <Form
        action="Sign in"
        check={({ email = "", password }) => ({
          email: emailFault(email),
          password: password ? undefined : "Write your password.",
        })}
        onSubmit={async ({ email = "", password = "" }) => {
          const result = await signIn(email, password);
          if (result === "signed-in") return go({ at: "done", isNew: false });
          go(result === "unconfirmed" ? { at: "confirm", email, password, isLate: true } : { at: "forgot", email });
        }}
      >
        {(faults) => (
          <>
            <Field name="email" label="E-mail" inputMode="email" autoComplete="username" faults={faults} isFirst />
            <Field name="password" label="Password" isSecret autoComplete="current-password" faults={faults} />
          </>
        )}
      </Form>
      <p class="form-else">
        <button type="button" class="link" onClick={() => go({ at: "forgot", email: "" })}>
          Forgot the password?
        </button>
      </p>
    </>
  );
}
