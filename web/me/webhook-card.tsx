import { useState } from "preact/hooks";
import { Webhook } from "./webhook.tsx";

/** What a webhook is; one's own is asked for when its owner wants to see it, since most have none. */
export function WebhookCard() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <p class="card-note">A server of yours is told when you go live, when your stream ends, and of recordings.</p>
      {isOpen ? (
        <Webhook />
      ) : (
        <button type="button" class="link" onClick={() => setOpen(true)}>
          Set it up, or look at it
        </button>
      )}
    </>
  );
}
