import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

/**
 * A part of the page that is loaded when it is first shown: who only watches is spared it.
 *
 * @param load an `import()` of it
 */
export function lazily<Props extends object>(load: () => Promise<FunctionComponent<Props>>): FunctionComponent<Props> {
  let Loaded: FunctionComponent<Props> | undefined;
  return (props) => {
    const [state, setState] = useState<"loading" | "loaded" | "failed">("loading");
    useEffect(() => {
      if (Loaded) return;
      load().then(
        (component) => {
          Loaded = component;
          setState("loaded");
        },
        () => setState("failed"),
      );
    }, []);
    if (Loaded) return <Loaded {...props} />;
    return state === "failed" ? <NotLoaded /> : null;
  };
}

/** The site may have a newer page, whose parts have other names. */
function NotLoaded() {
  return (
    <p class="not-loaded" role="alert">
      This part of the page does not load.{" "}
      <button type="button" class="link" onClick={() => location.reload()}>
        Load the page again
      </button>
    </p>
  );
}
