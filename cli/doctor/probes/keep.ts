import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ProbeReport, reportPage } from "./report.ts";

/** Keeps a report by the minute, as Markdown and as JSON; returns where the first is. */
export function keepReport(folder: string, report: ProbeReport): string {
  mkdirSync(folder, { recursive: true });
  const page = join(folder, `${report.date.slice(0, 16).replace(":", "")}.md`);
  writeFileSync(page, reportPage(report));
  writeFileSync(page.replace(/md$/, "json"), `${JSON.stringify(report, undefined, 2)}\n`);
  return page;
}
