import { useState } from "preact/hooks";
import { useCountdown } from "../use-countdown.ts";
import { accountError } from "./account-error.ts";

/** A mail takes some seconds; who asks sooner only makes the first code worthless. */
const waitSeconds = 30;

export interface ResendProps {
  readonly onResend: () => Promise<unknown>;
  /** Whether one was sent just now. */
  readonly wasSent: boolean;
}

/** Has another code sent, not sooner than half a minute after the last one. */
export function Resend({ onResend, wasSent }: ResendProps) {
  const [left, waitFor] = useCountdown(wasSent ? waitSeconds : 0);
  const [said, setSaid] = useState<string>();
  const resend = async () => {
    waitFor(waitSeconds);
    try {
      await onResend();
      setSaid("Another code is on its way.");
    } catch (error) {
      setSaid(accountError(error).message);
    }
  };
  return (
    <p class="form-else">
      <button type="button" class="link" disabled={left > 0} onClick={resend}>
        Send another code
      </button>
      {left > 0 && <span class="form-wait"> in {left} s</span>}
      <span class="form-said" role="status">
        {said}
      </span>
    </p>
  );
}
