import { useRef, useState } from "preact/hooks";

export interface ComposerProps {
  /** Undefined until it is known. */
  readonly userId: string | undefined;
  readonly isOpen: boolean;
  readonly mayWrite: boolean;
  /** @throws an error whose message is shown beside the text, which stays */
  readonly onSend: (text: string) => Promise<void>;
}

/** A room takes no more, in code points; counted from the second number on. */
const mostCharacters = 500;
const countedFrom = 400;

/** Where a message is written. Enter sends it, Shift+Enter begins a new line. */
export function Composer({ userId, isOpen, mayWrite, onSend }: ComposerProps) {
  const [text, setText] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const [isSending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const length = [...text].length;

  const send = async () => {
    if (text.trim() === "" || isSending) return;
    setSending(true);
    setRefusal(undefined);
    try {
      await onSend(text);
      setText("");
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    } finally {
      setSending(false);
      field.current?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the composition of a character (key code 229 in Safari) is not meant for us.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  if (userId !== undefined && !mayWrite)
    return <p class="composer-note">You may read this chat, but not write in it.</p>;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {refusal && (
        <p class="refusal" id="refusal" role="alert">
          {refusal}
        </p>
      )}
      <div class="composer-row">
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label="Message"
          aria-describedby={refusal ? "refusal" : undefined}
          aria-invalid={refusal !== undefined}
          placeholder="Say something"
          readOnly={isSending}
          enterkeyhint="send"
          autoComplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" disabled={!isOpen || isSending || text.trim() === ""}>
          Send
        </button>
      </div>
      {length >= countedFrom && (
        <p class="count" data-over={length > mostCharacters}>
          {length} of {mostCharacters}
        </p>
      )}
    </form>
  );
}
