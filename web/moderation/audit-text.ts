import type { AuditEntry } from "../api/moderation.ts";
import type { NameOf } from "./names.ts";

/** What was done, and to whom: to follow the name of who did it. */
export function auditText({ action, userId, nickname, detail }: AuditEntry, nameOf: NameOf): string {
  const whom = userId === undefined ? "somebody" : nameOf(userId, nickname);
  switch (action) {
    case "ban":
      return `banned ${whom}`;
    case "timeout":
      return `sent ${whom} out for ${minutesText(Number(detail))}`;
    case "unban":
      return `let ${whom} in again`;
    case "delete-message":
      return userId === undefined ? "deleted a message" : `deleted a message of ${whom}`;
    case "slow-mode":
      return detail === "0" ? "ended slow mode" : `set slow mode to ${detail} s`;
    case "revoke":
      return `ended what ${whom} watched`;
    default:
      return action;
  }
}

/** For example `10 minutes`, `1 hour`, `24 hours`. */
function minutesText(minutes: number): string {
  const [count, unit] = minutes % 60 === 0 ? [minutes / 60, "hour"] : [minutes, "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
