/** What one check found. */
export interface Finding {
  /** A few words, the same whatever is found. */
  readonly name: string;
  readonly state: "ok" | "warn" | "fail";
  /** What was seen, on one line. */
  readonly seen: string;
  /** What to do; nothing where all is well. */
  readonly cure?: string;
}

export const ok = (name: string, seen: string): Finding => ({ name, state: "ok", seen });
export const warn = (name: string, seen: string, cure: string): Finding => ({ name, state: "warn", seen, cure });
export const fail = (name: string, seen: string, cure: string): Finding => ({ name, state: "fail", seen, cure });

/** Checks one thing. A check that cannot be made is a finding too: the others go on. */
export async function check(name: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (thrown) {
    const { name: kind, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
    const [line = ""] = message.split("\n");
    return fail(name, `${kind}: ${line}`, "Allow the call, or see whether what it asks for is there.");
  }
}

/** A few of many, in words. */
export const some = (names: readonly string[], most = 3): string =>
  names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
