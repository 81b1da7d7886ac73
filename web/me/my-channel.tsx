import type { ComponentChildren } from "preact";
import type { ReadyMe } from "../api/schema.ts";
import { addressOf } from "../route.ts";
import { AvatarForm } from "./avatar-form.tsx";
import { Ingest } from "./ingest.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { Sessions } from "./sessions.tsx";
import type { OwnAccount } from "./use-me.ts";

export interface MyChannelProps {
  readonly account: OwnAccount;
  readonly onSignIn: () => void;
}

/** One's own channel: what others see of it, and how to send to it. */
export function MyChannel({ account: { me, isSignedIn, problem, reload }, onSignIn }: MyChannelProps) {
  if (!isSignedIn) {
    return (
      <Waiting title="Your own channel">
        <button type="button" class="primary" onClick={onSignIn}>
          Sign in / Sign up
        </button>
      </Waiting>
    );
  }
  if (me?.state === "ready") return <Ready me={me} onChange={reload} />;
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

function Ready({ me, onChange }: { readonly me: ReadyMe; readonly onChange: () => void }) {
  return (
    <div class="me">
      <header class="me-top">
        <h1>My channel</h1>
        <a href={addressOf(me.name)}>Watch it</a>
      </header>
      <section class="card" aria-labelledby="go-live">
        <h2 id="go-live">Go live</h2>
        <Ingest ingestUrl={me.channel.ingestUrl} />
      </section>
      <section class="card" aria-labelledby="seen">
        <h2 id="seen">What others see</h2>
        <AvatarForm me={me} onChange={onChange} />
        <ProfileForm me={me} onChange={onChange} />
      </section>
      <section class="card" aria-labelledby="sessions">
        <h2 id="sessions">Latest streams</h2>
        <Sessions />
      </section>
    </div>
  );
}
