import { useState } from "preact/hooks";
import { Field, Form } from "../account/form.tsx";
import { signOut } from "../account/session.ts";
import { deleteMe } from "../api/own.ts";

export interface DeleteAccountProps {
  /** The channel's, which is typed to confirm. */
  readonly name: string;
  /** It is under way; nobody is signed in any more. */
  readonly onDeleting: () => void;
}

/** The end of an account, after its owner has said it twice. */
export function DeleteAccount({ name, onDeleting }: DeleteAccountProps) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <button type="button" class="link" onClick={() => setAsking(true)}>
        Delete my account
      </button>
    );
  }
  return (
    <>
      <p class="card-note">
        Your stream key goes first, and a stream that is on air ends. Then your channel and its chat, your picture, the
        history of your streams, your webhook, and your sign-in. The address <strong>{name}</strong> is free for others
        then. Nothing of it can be brought back.
      </p>
      <Form
        action="Delete everything"
        isDangerous
        check={({ confirmation }) => ({ confirmation: confirmation === name ? undefined : `It must be ${name}.` })}
        onSubmit={async () => {
          await deleteMe();
          onDeleting();
          await signOut();
        }}
      >
        {(faults) => (
          <Field name="confirmation" label={`Write ${name} to confirm`} autoComplete="off" faults={faults} isFirst />
        )}
      </Form>
      <p class="form-else">
        <button type="button" class="link" onClick={() => setAsking(false)}>
          Keep my account
        </button>
      </p>
    </>
  );
}
