import { useState } from "preact/hooks";
import { Field, Form } from "../account/form.tsx";
import { type AllowedViewer, allowViewer, disallowViewer, listAllowedViewers } from "../api/access.ts";
import { ApiError } from "../api/api-error.ts";
import { ListEnd } from "../list-end.tsx";
import { messageOf } from "../message-of.ts";
import { addressOf } from "../route.ts";
import { useList } from "../use-list.ts";

/** Whom one lets watch one's private channel. */
export function AllowedViewers() {
  const list = useList(listAllowedViewers);
  const [problem, setProblem] = useState<string>();
  /** Another one each time, so that the field is empty again. */
  const [added, setAdded] = useState(0);
  const add = async (name: string) => {
    setProblem(undefined);
    await allowViewer(name).catch((error: unknown) => {
      throw error instanceof ApiError && error.status === 404 ? new Error(`There is no channel ${name}.`) : error;
    });
    setAdded((count) => count + 1);
    list.reload();
  };
  const remove = async ({ name }: AllowedViewer) => {
    setProblem(undefined);
    await disallowViewer(name).catch((error: unknown) => setProblem(messageOf(error)));
    list.reload();
  };
  return (
    <>
      <h3>People who may watch</h3>
      <ul class="rows" aria-label="People who may watch">
        {list.rows?.map((viewer) => (
          <li key={viewer.name}>
            <span class="row-what">
              {viewer.nickname && <strong>{viewer.nickname}</strong>}{" "}
              <a class="row-more" href={addressOf(viewer.name)}>
                {viewer.name}
              </a>
            </span>
            <button type="button" class="link" aria-label={`Remove ${viewer.name}`} onClick={() => remove(viewer)}>
              Remove
            </button>
          </li>
        ))}
      </ul>
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
      <ListEnd list={list} none="Nobody but you and those who keep order here." />
      <Form
        key={added}
        action="Add"
        check={({ name }) => ({ name: name ? undefined : "Write the name of a channel." })}
        onSubmit={({ name = "" }) => add(name)}
      >
        {(faults) => (
          <Field
            name="name"
            label="Name of their channel"
            maxLength={30}
            hint="What stands at the end of its address."
            isFirst={added > 0}
            faults={faults}
          />
        )}
      </Form>
    </>
  );
}
