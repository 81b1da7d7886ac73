/** A release's number: three whole numbers. */
export const VERSION = /^\d+\.\d+\.\d+$/;

/** One commit: its short hash and the first line of its message. */
export interface Commit {
  readonly hash: string;
  readonly subject: string;
}

/** Reads what `git log --no-merges --format=%h%x09%s` prints, the newest first. */
export const commitsOf = (log: string): Commit[] =>
  log
    .split("\n")
    .filter((line) => line.includes("\t"))
    .map((line) => {
      const [hash = "", ...subject] = line.split("\t");
      return { hash, subject: subject.join(" ") };
    });

/** What a release says: every commit since the one before, the oldest first, with nothing in it read as Markdown or a mention. */
export function changelog(version: string, previous: string | undefined, commits: readonly Commit[]): string {
  const since = previous === undefined ? "All commits." : `Since ${previous}.`;
  const lines = commits.toReversed().map(({ hash, subject }) => `- ${escaped(subject)} (${hash})`);
  return [`## ${version}`, "", since, "", ...(lines.length > 0 ? lines : ["- Nothing."]), ""].join("\n");
}

const escaped = (text: string): string => text.replace(/[\\`*_[\]<>#|]/g, "\\$&").replaceAll("@", "@\u200b");
