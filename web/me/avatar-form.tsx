import { useEffect, useState } from "preact/hooks";
import { putAvatar, removeAvatar } from "../api/own.ts";
import type { ReadyMe } from "../api/schema.ts";
import { Avatar } from "../avatar.tsx";
import { messageOf } from "../message-of.ts";
import { pictureFault, pictureTypes } from "./picture.ts";

/** The picture beside one's name: chosen, looked at, then sent. */
export function AvatarForm({ me, onChange }: { readonly me: ReadyMe; readonly onChange: () => void }) {
  const [chosen, setChosen] = useState<{ readonly file: File; readonly url: string }>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => () => URL.revokeObjectURL(chosen?.url ?? ""), [chosen]);

  const choose = (file: File | undefined) => {
    if (!file) return;
    const fault = pictureFault(file);
    setProblem(fault);
    setChosen(fault === undefined ? { file, url: URL.createObjectURL(file) } : undefined);
  };
  const during = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      setChosen(undefined);
      onChange();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div class="avatar-form">
      <Avatar url={chosen?.url ?? me.avatarUrl} name={me.nickname} />
      <label class="secondary">
        Choose a picture
        <input
          type="file"
          accept={pictureTypes.join(",")}
          onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
        />
      </label>
      {chosen && (
        <button type="button" class="primary" disabled={isBusy} onClick={() => during(() => putAvatar(chosen.file))}>
          Use it
        </button>
      )}
      {!chosen && me.avatarUrl !== undefined && (
        <button type="button" class="link" disabled={isBusy} onClick={() => during(removeAvatar)}>
          Remove
        </button>
      )}
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
