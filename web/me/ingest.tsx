import { useEffect, useRef, useState } from "preact/hooks";
import { readConfig } from "../api/config.ts";
import { getStreamKey, resetStreamKey } from "../api/own.ts";
import { messageOf } from "../message-of.ts";
import { CopyButton } from "./copy-button.tsx";

const resetPause = 2000;
const mostResetTries = 15;

/** Where an encoder sends to. The stream key is asked for when its owner wants to see it, and kept no longer than shown. */
export function Ingest({ ingestUrl }: { readonly ingestUrl: string }) {
  const [server, setServer] = useState(ingestUrl);
  const [key, setKey] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  /** One reset, however often it is tried. */
  const attempt = useRef<string | undefined>(undefined);

  const during = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    readConfig().then(
      (config) => setServer(config.ingestUrl ?? ingestUrl),
      () => undefined,
    );
  }, [ingestUrl]);
  const show = () => during(async () => setKey(await getStreamKey()));
  const reset = () =>
    during(async () => {
      attempt.current ??= crypto.randomUUID();
      setKey(await made(attempt.current));
      attempt.current = undefined;
      setAsking(false);
    });

  return (
    <>
      <p class="card-note">Put these two into OBS Studio or another encoder.</p>
      <div class="copied">
        <label for="ingest">Server</label>
        <input id="ingest" readOnly value={server} />
        <CopyButton text={server} what="server" />
      </div>
      <div class="copied">
        <label for="stream-key">Stream key</label>
        <input id="stream-key" readOnly type="text" value={key ?? "••••••••••••••••"} autoComplete="off" />
        {key === undefined ? (
          <button type="button" class="secondary" disabled={isBusy} onClick={show}>
            Show
          </button>
        ) : (
          <>
            <CopyButton text={key} what="stream key" />
            <button type="button" class="secondary" onClick={() => setKey(undefined)}>
              Hide
            </button>
          </>
        )}
      </div>
      <p class="card-note">Whoever has the key can go live on your channel.</p>
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
      {isAsking ? (
        <p class="asked">
          The key that you have now will be good for nothing.{" "}
          <button type="button" class="danger" disabled={isBusy} onClick={reset}>
            Make a new key
          </button>{" "}
          <button type="button" class="secondary" disabled={isBusy} onClick={() => setAsking(false)}>
            Keep it
          </button>
        </p>
      ) : (
        <button type="button" class="link" onClick={() => setAsking(true)}>
          Make a new key
        </button>
      )}
    </>
  );
}

/** Asks for a reset until it is done. */
async function made(attempt: string): Promise<string> {
  for (let tries = 0; tries < mostResetTries; tries += 1) {
    const key = await resetStreamKey(attempt);
    if (key !== undefined) return key;
    await new Promise((resolve) => setTimeout(resolve, resetPause));
  }
  throw new Error("The new key is still being made. Try again.");
}
