import { useId, useState } from "preact/hooks";
import { Field, Form, type Values } from "../account/form.tsx";
import { changeAccess } from "../api/access.ts";
import type { ReadyMe } from "../api/schema.ts";
import { AllowedViewers } from "./allowed-viewers.tsx";
import { type Audience, accessError, audienceOf, audiences, wishOf } from "./audience.ts";

/** Whether one's own channel is public, and who may watch it if not. */
export function WhoMayWatch({ me, onChange }: { readonly me: ReadyMe; readonly onChange: () => void }) {
  const saved = audienceOf(me);
  const [chosen, setChosen] = useState(saved);
  const [said, setSaid] = useState<string>();
  if (!me.mayBePrivate && saved === "everyone") {
    return <p class="card-note">Everyone. This site has no key for private channels.</p>;
  }
  const choose = (audience: Audience) => {
    setChosen(audience);
    setSaid(undefined);
  };
  const save = async ({ group = "" }: Values) => {
    setSaid(undefined);
    await changeAccess(wishOf(chosen, group)).catch((error: unknown) => {
      throw accessError(error);
    });
    setSaid("Saved.");
    onChange();
  };
  return (
    <>
      <Form
        action="Save"
        check={({ group }) => ({ group: chosen === "group" && !group ? "Write the name of the group." : undefined })}
        onSubmit={save}
      >
        {(faults) => (
          <>
            <fieldset class="choices" aria-label="Who may watch">
              {(Object.keys(audiences) as Audience[]).map((audience) => (
                <Choice key={audience} audience={audience} isChosen={audience === chosen} onChoose={choose} />
              ))}
            </fieldset>
            {chosen === "group" && (
              <Field name="group" label="Group" maxLength={128} defaultValue={me.group} faults={faults} />
            )}
          </>
        )}
      </Form>
      <p class="form-said" role="status">
        {said}
      </p>
      {chosen === "listed" && <AllowedViewers />}
    </>
  );
}

interface ChoiceProps {
  readonly audience: Audience;
  readonly isChosen: boolean;
  readonly onChoose: (audience: Audience) => void;
}

function Choice({ audience, isChosen, onChoose }: ChoiceProps) {
  const hintId = useId();
  const [label, hint] = audiences[audience];
  return (
    <label class="choice">
      <input
        type="radio"
        name="audience"
        value={audience}
        checked={isChosen}
        aria-describedby={hintId}
        onChange={() => onChoose(audience)}
      />
      <span class="choice-label">{label}</span>
      <span class="choice-hint" id={hintId} aria-hidden="true">
        {hint}
      </span>
    </label>
  );
}
