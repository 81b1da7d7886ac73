import { shapeOf } from "../words/look-alikes.ts";
import { endingOf } from "./top-level-domains.ts";

const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Full stops that browsers take for the dot of a host (UTS 46). */
const dots = /[\u3002\uff0e\uff61]/g;
/** "example[.]com", "example (dot) com". Spaces were made single before, so this cannot run long. */
const bracketedDot = / ?[[({<] ?(?:dot|\.) ?[\])}>] ?/g;
/** Before " dot com" these are ordinary English ("the dot com bubble"), not a name. */
const noNames = new Set("a an the this that these those and or of old first every polka dot".split(" "));

/** Joins "example dot com" where a name stands before and a sure ending after. */
function joinSpelledDots(text: string): string {
  const joined: string[] = [];
  const words = text.split(" ");
  for (let index = 0; index < words.length; index++) {
    const name = joined.at(-1);
    const ending = words[index + 1]?.split(/[^\p{L}\p{N}-]/u)[0] ?? "";
    if (
      words[index] === "dot" &&
      name &&
      /[\p{L}\p{N}]$/u.test(name) &&
      !noNames.has(name) &&
      endingOf(ending) === "always"
    ) {
      joined[joined.length - 1] = `${name}.${words[index + 1]}`;
      index++;
    } else joined.push(words[index] ?? "");
  }
  return joined.join(" ");
}

const undisguise = (text: string): string =>
  joinSpelledDots(
    text
      .replace(dots, ".")
      .normalize("NFKC")
      .replace(invisible, "")
      .toLowerCase()
      .replace(/\s+/gu, " ")
      .replace(bracketedDot, "."),
  );

/** Whether a dotted run of characters is a host; `more` tells that a port or path follows. */
function isHost(name: string, more: boolean): boolean {
  const labels = name.split(".");
  if (labels.length < 2 || labels.some((label) => label.length === 0 || label.length > 63)) return false;
  if (labels[0] === "www" && labels.length > 2) return true;
  if (labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label))) return more;
  const last = [...(labels.at(-1) ?? "")].map(shapeOf).join("");
  // "example.com에서": an ending of Latin letters ends where another script begins.
  const latin = /^[a-z0-9-]+(?=[^a-z0-9-])/.exec(last)?.[0];
  const ending = [last, labels.at(-1) ?? "", latin ?? ""].map(endingOf).find((found) => found !== "none");
  return ending === "always" || (ending === "with more" && more);
}

/** The hosts in one part of a text that has no spaces and no slashes. */
function hostsInSegment(segment: string, afterScheme: boolean, path: boolean): string[] {
  const hosts: string[] = [];
  let mustBeHost = afterScheme;
  const start = afterScheme ? segment.lastIndexOf("@") : -1;
  for (const { 0: run, index } of segment.matchAll(/[\p{L}\p{N}\p{M}_.-]+/gu)) {
    const end = index + run.length;
    const more = end === segment.length ? path : /^:\d/.test(segment.slice(end, end + 2));
    const names = run.split("..").map((name) => name.replace(/^[.-]/, "").replace(/[.-]$/, ""));
    for (const name of names) if (isHost(name, more)) hosts.push(name);
    if (mustBeHost && index > start) {
      hosts.push(run.replace(/\.$/, ""));
      mustBeHost = false;
    }
  }
  return hosts;
}

/**
 * Every host that a text links to or names, as written but in small letters: with a scheme, with `www.`, bare
 * ("example.com"), in another script, or with its dots disguised. A mail address counts as its host. What follows the
 * host in a path is not looked at, but a second link inside it is.
 *
 * Not found, because ordinary text looks the same: "example. com", "just do.it".
 */
export function findHosts(text: string): string[] {
  const found = new Set<string>();
  for (const word of undisguise(text).split(/[\s,;|<>"]/u)) {
    let afterScheme = false;
    for (const part of word.replaceAll("\\", "/").split("//")) {
      const segments = part.split(/[/?#]/);
      for (const [index, segment] of segments.entries()) {
        const hosts = hostsInSegment(segment, afterScheme && index === 0, index < segments.length - 1);
        for (const host of hosts) found.add(host);
        if (hosts.length > 0) break;
      }
      afterScheme = /[a-z]:$/.test(part);
    }
  }
  return [...found];
}

/** A host as browsers compare it (Punycode, plain IPv4), or undefined for what is no host. */
export function canonicalHost(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname.replace(/\.$/, "") || undefined;
  } catch {
    return undefined;
  }
}
