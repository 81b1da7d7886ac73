import { Field, Form } from "./form.tsx";
import { NewPassword } from "./new-password.tsx";
import { emailFault, mostNickname, nicknameFault, passwordFault } from "./rules.ts";
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
          <NewPassword label="Password" faults={faults} />
        </>
      )}
    </Form>
  );
}
