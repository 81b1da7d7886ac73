import { useState } from "preact/hooks";

const saidMilliseconds = 2000;

/** Puts a text onto the clipboard. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [said, setSaid] = useState("Copy");
  const copy = async () => {
    const done = await navigator.clipboard.writeText(text).then(
      () => "Copied",
      () => "Not copied",
    );
    setSaid(done);
    setTimeout(() => setSaid("Copy"), saidMilliseconds);
  };
  return (
    <button
      type="button"
      class="secondary"
      aria-label={said === "Copy" ? `Copy the ${what}` : undefined}
      onClick={copy}
    >
      {said}
    </button>
  );
}
