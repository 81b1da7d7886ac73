import { useState } from "preact/hooks";
import { Field, Form, type Values } from "../account/form.tsx";
import { changeMe, type ProfileChanges } from "../api/own.ts";
import type { ReadyMe } from "../api/schema.ts";

const names = ["nickname", "name", "title", "description"] as const;

/** Who and what the channel is. Only what was changed is sent. */
export function ProfileForm({ me, onChange }: { readonly me: ReadyMe; readonly onChange: () => void }) {
  const [said, setSaid] = useState<string>();
  const save = async (values: Values) => {
    const changes = changesOf(me, values);
    setSaid(undefined);
    if (Object.keys(changes).length > 0) await changeMe(changes);
    setSaid("Saved.");
    onChange();
  };
  return (
    <>
      <Form action="Save" onSubmit={save}>
        {(faults) => (
          <>
            <Field name="nickname" label="Nickname" defaultValue={me.nickname} maxLength={50} faults={faults} />
            <Field
              name="name"
              label="Address"
              defaultValue={me.name}
              maxLength={30}
              hint={`${location.origin}/${me.name}. Another one makes this one free for others.`}
              faults={faults}
            />
            <Field name="title" label="Title" defaultValue={me.title} faults={faults} />
            <Field name="description" label="Description" defaultValue={me.description} isLong faults={faults} />
          </>
        )}
      </Form>
      <p class="form-said" role="status">
        {said}
      </p>
    </>
  );
}

const changesOf = (me: ReadyMe, values: Values): ProfileChanges =>
  Object.fromEntries(names.flatMap((name) => (values[name] === me[name] ? [] : [[name, values[name]]])));
