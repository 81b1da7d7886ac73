import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { cell, code, documentationOf, link, readSource, root, table } from "./source.ts";

interface Described {
  readonly file: string;
  readonly node: ts.ClassDeclaration;
  readonly props: readonly ts.PropertySignature[];
}

const head = `# Constructs
Every construct of the library, from the code, by AWS area: what it is for, what it takes, what it has. How they are used together
is shown by the [examples](../../examples/README.md).
`;

/** The page docs/reference/constructs.md. */
export function constructsPage(): string {
  const folder = join(root, "constructs");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort();
  const described = files.flatMap((file) => describedIn(readSource(join(folder, file))));
  const areas = [...new Set(described.map(areaOf))];
  const sections = areas.map((area) => {
    const found = described.filter((one) => areaOf(one) === area);
    return `## ${area}\n\n${found.map(section).join("\n")}`;
  });
  return `${head}\n${sections.join("\n")}`;
}

/** For example `ivs`. */
const areaOf = ({ file }: Described): string => file.split("/").at(-2) ?? "";

/** The exported classes of a file that are constructs, with the props that their constructor takes. */
function describedIn(source: ts.SourceFile): Described[] {
  return source.statements
    .filter(ts.isClassDeclaration)
    .filter((node) => isExported(node) && documentationOf(node).text !== "" && isConstruct(node))
    .map((node) => ({ file: source.fileName, node, props: propsOf(source, node) }));
}

const isExported = (node: ts.Declaration): boolean =>
  (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;

/** Errors and aspects are classes, too. */
const isConstruct = (node: ts.ClassDeclaration): boolean =>
  node.heritageClauses?.some(
    ({ token, types }) =>
      token === ts.SyntaxKind.ExtendsKeyword &&
      types.some((type) => /^(Construct|TerraformStack)$/.test(type.expression.getText())),
  ) ?? false;

function propsOf(source: ts.SourceFile, node: ts.ClassDeclaration): readonly ts.PropertySignature[] {
  const maker = node.members.find(ts.isConstructorDeclaration);
  const named = maker?.parameters[2]?.type?.getText().replace(/<.*$/s, "");
  const declared = source.statements.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === named);
  return declared?.members.filter(ts.isPropertySignature) ?? [];
}

function section({ file, node, props }: Described): string {
  const name = node.name?.text ?? "";
  const members = node.members.filter(isShown);
  return [
    `### ${name}\n`,
    `${documentationOf(node).text} ([source](${link(file)}))\n`,
    ...(props.length > 0 ? [table(["takes", "type", "default", "what for"], props.map(propRow))] : []),
    ...(members.length > 0 ? [table(["has", "what it is"], members.map(memberRow))] : []),
  ].join("\n");
}

/** Documented members; what has no comment says by its name and type what it is, and is left to the editor. */
const isShown = (member: ts.ClassElement): boolean =>
  !ts.isConstructorDeclaration(member) &&
  member.name !== undefined &&
  !ts.isPrivateIdentifier(member.name) &&
  !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) &&
  documentationOf(member).text !== "";

function propRow(prop: ts.PropertySignature): readonly string[] {
  const { text, default: standard = prop.questionToken ? "" : "required" } = documentationOf(prop);
  return [code(prop.name.getText()), code(prop.type?.getText() ?? ""), cell(standard), cell(text)];
}

function memberRow(member: ts.ClassElement): readonly string[] {
  const isStatic = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
  const name = `${isStatic ? "static " : ""}${member.name?.getText()}${ts.isMethodDeclaration(member) ? "()" : ""}`;
  return [code(name), cell(documentationOf(member).text)];
}
