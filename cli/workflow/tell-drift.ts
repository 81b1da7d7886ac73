import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Found, type Issue, isClean, issueChanges } from "./drift.ts";
import { listed, MOST_CHARACTERS, send } from "./gh.ts";
import { repositoryPath } from "./repository.ts";
import { readReview } from "./review-report.ts";

/**
 * Opens, updates and closes the issues that say what differs from the settings.
 *
 * @param folder of each stack `<stack>.json` and `<stack>.md` of a review, and `converge.txt` with what `onair converge --check` said
 * @param isConverged whether it found nothing
 */
export function tellDrift(folder: string, isConverged: boolean): void {
  const stacks = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const found: Found[] = stacks.map((file) => {
    const review = readReview(join(folder, file));
    const subject = file.replace(/\.json$/, "");
    const body = readFileSync(join(folder, `${subject}.md`), "utf8").slice(0, MOST_CHARACTERS);
    return { subject, isClean: isClean(review), body };
  });
  const told = readFileSync(join(folder, "converge.txt"), "utf8").slice(0, MOST_CHARACTERS).replaceAll("```", "");
  const all = [...found, { subject: "converge", isClean: isConverged, body: `\`\`\`\n${told}\n\`\`\`` }];
  const path = `${repositoryPath()}/issues`;
  // A pull request is an issue, too; none of ours is called so.
  for (const change of issueChanges(all, listed<Issue>(`${path}?state=open&per_page=100`))) {
    if (change.kind === "open") send("POST", path, { title: change.title, body: change.body });
    if (change.kind === "update") send("PATCH", `${path}/${change.number}`, { body: change.body });
    if (change.kind === "close") send("PATCH", `${path}/${change.number}`, { state: "closed" });
  }
}
