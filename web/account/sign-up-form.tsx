import { Field, Form } from "./form.tsx";
import { emailFault, mostNickname, nicknameFault, passwordFault, passwordRule } from "./rules.ts";
import { cognito } from "./session.ts";
import type { Go } from "./steps.ts";

/** For who has none yet. */
export function SignUpForm({ go }: { readonly go: Go }) {
  return (
    <Form
      action="Sign up"
      check={({ email = "", nickname = "", password = "" }) => ({
        email: emailFault(email),
        nickname: nicknameFault(nickname),
        password: passwordFault(password),
      })}
      onSubmit={async ({ email = "", nickname = "", password = "" }) => {
        await (await cognito()).signUp({ email, password, nickname });
        go({ at: "confirm", email, password, isLate: false });
      }}
    >
      {(faults) => (
        <>
          <Field
            name="email"
            label="E-mail"
            inputMode="email"
            autoComplete="username"
            hint="A code is sent there. Nobody else sees it."
            faults={faults}
            isFirst
          />
          <Field
            name="nickname"
            label="Nickname"
            autoComplete="nickname"
            maxLength={mostNickname}
            hint="Everyone sees it, in chats and on your channel."
            faults={faults}
          />
          <Field
            name="password"
            label="Password"
            isSecret
            autoComplete="new-password"
            hint={`With ${passwordRule}.`}
            faults={faults}
          />
        </>
      )}
    </Form>
  );
}
