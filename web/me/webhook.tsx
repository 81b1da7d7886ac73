import { useEffect, useState } from "preact/hooks";
import { Field, Form } from "../account/form.tsx";
import { getWebhook, type Webhook as Known, type NewWebhook, removeWebhook, setWebhook } from "../api/webhook.ts";
import { messageOf } from "../message-of.ts";
import { CopyButton } from "./copy-button.tsx";
import { WebhookFailures } from "./webhook-failures.tsx";

/** A server of one's own that is told when the channel goes on and off air. */
export function Webhook() {
  const [webhook, setKnown] = useState<Known | null>();
  const [secret, setSecret] = useState<string>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    getWebhook().then(setKnown, (error: unknown) => setProblem(messageOf(error)));
  }, []);
  const save = async (url: string) => {
    const made: NewWebhook = await setWebhook(url);
    setKnown({ url: made.url, hasFailures: webhook?.hasFailures ?? false });
    setSecret(made.secret);
    setProblem(undefined);
  };
  const remove = async () => {
    setProblem(undefined);
    setSecret(undefined);
    await removeWebhook().then(
      () => setKnown(null),
      (error: unknown) => setProblem(messageOf(error)),
    );
  };
  return (
    <>
      {webhook && (
        <p class="card-line">
          <code>{webhook.url}</code>
          <button type="button" class="link" onClick={remove}>
            Remove
          </button>
        </p>
      )}
      {secret !== undefined && <Secret secret={secret} />}
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
      {webhook !== undefined && (
        <Form
          key={webhook?.url}
          action={webhook ? "Tell another one" : "Tell it"}
          onSubmit={({ url = "" }) => save(url)}
        >
          {(faults) => (
            <Field
              name="url"
              label="URL"
              inputMode="url"
              maxLength={500}
              hint={
                webhook ? "It gets a new secret, and takes the place of the one above." : "It begins with https://."
              }
              faults={faults}
            />
          )}
        </Form>
      )}
      {webhook?.hasFailures && <WebhookFailures />}
    </>
  );
}

function Secret({ secret }: { readonly secret: string }) {
  return (
    <div class="asked" role="status">
      <p>This secret is shown now and never again. Each message is signed with it, in the header onair-signature.</p>
      <div class="copied">
        <input readOnly value={secret} aria-label="Secret" autoComplete="off" />
        <CopyButton text={secret} what="secret" />
      </div>
    </div>
  );
}
