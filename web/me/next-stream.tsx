import { useState } from "preact/hooks";
import { Field, Form, type Values } from "../account/form.tsx";
import { cancelNextStream, planNextStream } from "../api/own.ts";
import type { ReadyMe } from "../api/schema.ts";
import { messageOf } from "../message-of.ts";
import { momentText } from "../moment.ts";
import { fieldTime, momentOf, startFault } from "./local-time.ts";

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

/** The next stream, as others see it announced on the channel. */
export function NextStream({ me, onChange }: { readonly me: ReadyMe; readonly onChange: () => void }) {
  const { planned } = me;
  const [problem, setProblem] = useState<string>();
  const announce = async ({ startsAt = "", title = "" }: Values) => {
    setProblem(undefined);
    await planNextStream(momentOf(startsAt) ?? startsAt, title);
    onChange();
  };
  const remove = () => cancelNextStream().then(onChange, (error: unknown) => setProblem(messageOf(error)));
  return (
    <>
      <p class="card-note" role="status">
        {planned ? (
          <>
            Announced: <strong>{planned.title}</strong>, {momentText(planned.startsAt)}.{" "}
            <button type="button" class="link" onClick={remove}>
              Remove
            </button>
          </>
        ) : (
          "Nothing is announced. What you announce is shown on your channel, and goes into calendars."
        )}
      </p>
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
      <Form
        key={`${planned?.startsAt} ${planned?.title}`}
        action={planned ? "Change it" : "Announce it"}
        check={({ startsAt = "", title }) => ({
          startsAt: startFault(startsAt, new Date()),
          title: title ? undefined : "Write what it is about.",
        })}
        onSubmit={announce}
      >
        {(faults) => (
          <>
            <Field
              name="startsAt"
              label="Begins"
              isMoment
              defaultValue={planned && fieldTime(new Date(planned.startsAt))}
              hint={`In your time zone, ${timeZone}. Everyone sees it in their own.`}
              faults={faults}
            />
            <Field
              name="title"
              label="What it is about"
              maxLength={140}
              defaultValue={planned?.title}
              faults={faults}
            />
          </>
        )}
      </Form>
    </>
  );
}
