import { useEffect, useRef, useState } from "preact/hooks";
import { messageOf } from "../message-of.ts";
import { useCountdown } from "../use-countdown.ts";
import type { MessageAttributes } from "./frames.ts";
import { PicturePicker } from "./picture-picker.tsx";
import { ChatRefusal } from "./refusal.ts";

export interface ComposerProps {
  /** Whether the room has said what may be done there. */
  readonly isKnown: boolean;
  readonly isOpen: boolean;
  readonly mayWrite: boolean;
  /** 0 for none. */
  readonly slowModeSeconds: number;
  /** Whether its user came to write. */
  readonly takesFocus: boolean;
  /** @throws an error whose message is shown beside the text, which stays */
  readonly onSend: (text: string, attributes?: MessageAttributes) => Promise<void>;
}

/** A room takes no more, in code points; counted from the second number on. */
const mostCharacters = 500;
const countedFrom = 400;

/** Where a message is written. Enter sends it, Shift+Enter begins a new line. */
export function Composer(props: ComposerProps) {
  const { isKnown, isOpen, mayWrite, slowModeSeconds, takesFocus, onSend } = props;
  const [text, setText] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const [isSending, setSending] = useState(false);
  const [left, waitFor] = useCountdown();
  const field = useRef<HTMLTextAreaElement>(null);
  /** Set at once, unlike what is drawn: one press of Enter is one message. */
  const sending = useRef(false);
  const length = [...text].length;
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);

  const send = async (content: string, attributes?: MessageAttributes) => {
    if (content.trim() === "" || sending.current || left > 0) return;
    sending.current = true;
    setSending(true);
    setRefusal(undefined);
    try {
      await onSend(content, attributes);
      if (!attributes) setText("");
      waitFor(slowModeSeconds);
    } catch (error) {
      setRefusal(messageOf(error));
      if (error instanceof ChatRefusal) waitFor(error.waitSeconds);
    } finally {
      sending.current = false;
      setSending(false);
      field.current?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the composition of a character (key code 229 in Safari) is not meant for us.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send(text);
  };

  if (isKnown && !mayWrite) return <p class="composer-note">You may read this chat, but not write in it.</p>;
  const isReady = isOpen && !isSending && left === 0;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      {refusal && (
        <p class="refusal" id="refusal" role="alert">
          {refusal}
        </p>
      )}
      <div class="composer-row">
        <PicturePicker isReady={isReady} onPick={send} />
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
        <button type="submit" disabled={!isReady || text.trim() === ""}>
          Send
        </button>
      </div>
      {left > 0 && (
        <p class="composer-wait" role="timer">
          Slow mode: you can write again in {left} s.
        </p>
      )}
      {length >= countedFrom && (
        <p class="count" data-over={length > mostCharacters}>
          {length} of {mostCharacters}
        </p>
      )}
    </form>
  );
}
