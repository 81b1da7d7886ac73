import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { ReadyMe } from "../api/schema.ts";
import { addressOf } from "../route.ts";
import { AvatarForm } from "./avatar-form.tsx";
import { DeleteAccount } from "./delete-account.tsx";
import { Ingest } from "./ingest.tsx";
import { NextStream } from "./next-stream.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { Sessions } from "./sessions.tsx";
import type { OwnAccount } from "./use-me.ts";
import { WebhookCard } from "./webhook-card.tsx";
import { WhoMayWatch } from "./who-may-watch.tsx";
import "../style/me.css";

export interface MyChannelProps {
  readonly account: OwnAccount;
  readonly onSignIn: () => void;
}

/** One's own channel: what others see of it, and how to send to it. */
export function MyChannel({ account: { me, isSignedIn, problem, reload }, onSignIn }: MyChannelProps) {
  const [isDeleting, setDeleting] = useState(false);
  if (!isSignedIn && isDeleting) {
    return (
      <Waiting title="Your account is being deleted">
        You are signed out. It takes some minutes; then nothing of it is left.
      </Waiting>
    );
  }
  if (!isSignedIn) {
    return (
      <Waiting title="Your own channel">
        <button type="button" class="primary" onClick={onSignIn}>
          Sign in / Sign up
        </button>
      </Waiting>
    );
  }
  if (me?.state === "ready") {
    return <Ready me={me} onChange={reload} onDeleting={() => setDeleting(true)} />;
  }
  if (problem) return <Waiting title="Your channel cannot be shown now">{problem} Trying again.</Waiting>;
  switch (me?.state) {
    case "preparing":
      return <Waiting title="Your channel is being made">This takes some seconds.</Waiting>;
    case "waiting-for-quota":
      return (
        <Waiting title="Your channel is waiting for room">
          This site has as many channels as it may have just now. Yours is made as soon as it may have more; you need
          not stay.
        </Waiting>
      );
    case "deleting":
      return <Waiting title="Your account is being deleted">Nothing of it will be left.</Waiting>;
    default:
      return <Waiting title="My channel">Looking for it.</Waiting>;
  }
}

function Waiting({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div class="empty" role="status">
      <h1>{title}</h1>
      <p>{children}</p>
    </div>
  );
}

interface ReadyProps {
  readonly me: ReadyMe;
  readonly onChange: () => void;
  readonly onDeleting: () => void;
}

function Ready({ me, onChange, onDeleting }: ReadyProps) {
  return (
    <div class="me">
      <header class="me-top">
        <h1>My channel</h1>
        <a href={addressOf(me.name)}>Watch it</a>
      </header>
      <Card title="Go live">
        <Ingest ingestUrl={me.channel.ingestUrl} />
      </Card>
      <Card title="What others see">
        <AvatarForm me={me} onChange={onChange} />
        <ProfileForm me={me} onChange={onChange} />
      </Card>
      <Card title="Who may watch">
        <WhoMayWatch me={me} onChange={onChange} />
      </Card>
      <Card title="Next stream">
        <NextStream me={me} onChange={onChange} />
      </Card>
      <Card title="Latest streams">
        <Sessions />
      </Card>
      <Card title="Webhook">
        <WebhookCard />
      </Card>
      <Card title="Delete the account">
        <DeleteAccount name={me.name} onDeleting={onDeleting} />
      </Card>
    </div>
  );
}

function Card({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
