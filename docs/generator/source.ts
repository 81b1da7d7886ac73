import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

export const root = join(import.meta.dirname, "../..");

/** A comment of documentation: its text, and what `@default` says. */
export interface Documentation {
  readonly text: string;
  readonly default?: string;
}

/** One file as the compiler reads it, without what it imports. */
export const readSource = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2023, true);

/** A file with all that it imports, so that names can be followed. */
export function readProgram(file: string): { checker: ts.TypeChecker; source: ts.SourceFile } {
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error(`${file}: cannot be read`);
  return { checker, source };
}

/** The documentation that stands before a declaration. */
export function documentationOf(node: ts.Node): Documentation {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const comment = comments.at(-1);
  if (comment === undefined) return { text: "" };
  const said = comment.tags?.find((tag) => tag.tagName.text === "default");
  const standard = said && oneLine(ts.getTextOfJSDocComment(said.comment) ?? "");
  return {
    text: oneLine(ts.getTextOfJSDocComment(comment.comment) ?? ""),
    ...(standard && { default: standard }),
  };
}

/** A text of several lines as one, its paragraphs and lists as sentences that follow each other. */
const oneLine = (text: string): string =>
  text
    .replace(/\\([{}])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();

/** What stands in a cell of a table. */
export const cell = (text: string): string => oneLine(text).replaceAll("|", "\\|");

/** Code in a cell of a table. */
export const code = (text: string): string => (text === "" ? "" : `\`${cell(text)}\``);

/** A path as a page in docs/reference names it. */
export const link = (file: string): string => `../../${relative(root, file)}`;

/** A table in Markdown, of cells that are Markdown already. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return `${[line(titles), `|${titles.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n")}\n`;
}
