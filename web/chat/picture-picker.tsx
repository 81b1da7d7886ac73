import { useRef } from "preact/hooks";
import type { MessageAttributes } from "./frames.ts";
import { pictures, raisedHand } from "./stickers.ts";

export interface PicturePickerProps {
  readonly isReady: boolean;
  readonly onPick: (text: string, attributes: MessageAttributes) => void;
}

/** Says something without words: a sticker, or a raised hand. */
export function PicturePicker({ isReady, onPick }: PicturePickerProps) {
  const picker = useRef<HTMLDetailsElement>(null);
  const pick = (text: string, attributes: MessageAttributes) => () => {
    if (picker.current) picker.current.open = false;
    onPick(text, attributes);
  };
  return (
    <details class="pictures" ref={picker}>
      <summary aria-label="Stickers">☺</summary>
      <div class="pictures-all">
        {Object.entries(pictures).map(([name, picture]) => (
          <button
            key={name}
            type="button"
            aria-label={name.replace("-", " ")}
            disabled={!isReady}
            onClick={pick(picture, { sticker: name })}
          >
            {picture}
          </button>
        ))}
        <button
          type="button"
          class="pictures-hand"
          disabled={!isReady}
          onClick={pick(raisedHand, { raiseHand: "true" })}
        >
          {raisedHand} Raise hand
        </button>
      </div>
    </details>
  );
}
