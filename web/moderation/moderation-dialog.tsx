import { useState } from "preact/hooks";
import { Dialog } from "../dialog.tsx";
import { Tabs } from "../tabs.tsx";
import { AuditList } from "./audit-list.tsx";
import { BanList } from "./ban-list.tsx";
import type { NameOf } from "./names.ts";

export interface ModerationDialogProps {
  readonly channel: string;
  readonly nameOf: NameOf;
  readonly onClose: () => void;
}

const names = { bans: "Kept out", audit: "What was done" } as const;

/** For those who keep order in a channel's chat. */
export function ModerationDialog({ channel, nameOf, onClose }: ModerationDialogProps) {
  const [shown, setShown] = useState<keyof typeof names>("bans");
  const List = shown === "bans" ? BanList : AuditList;
  return (
    <Dialog title="Moderation" onClose={onClose}>
      <Tabs label="Lists" names={names} chosen={shown} onChoose={setShown} />
      <List key={shown} channel={channel} nameOf={nameOf} />
    </Dialog>
  );
}
