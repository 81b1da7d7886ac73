import { useState } from "preact/hooks";
import { lazily } from "../lazily.tsx";
import type { NameOf } from "../moderation/names.ts";
import { SlowModeSelect, type SlowModeSelectProps } from "./slow-mode-select.tsx";

const ModerationDialog = lazily(async () => (await import("../moderation/moderation-dialog.tsx")).ModerationDialog);

export interface ModerationToolsProps extends SlowModeSelectProps {
  readonly nameOf: NameOf;
}

/** What those who keep order have above a chat. */
export function ModerationTools({ nameOf, ...slowMode }: ModerationToolsProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div class="chat-tools">
      <SlowModeSelect {...slowMode} />
      <button type="button" class="link chat-moderation" onClick={() => setOpen(true)}>
        Moderation
      </button>
      {isOpen && <ModerationDialog channel={slowMode.channel} nameOf={nameOf} onClose={() => setOpen(false)} />}
    </div>
  );
}
