import { join } from "node:path";
import ts from "typescript";
import * as v from "valibot";
import { environmentSettings } from "#settings/schema.ts";
import { cell, code, type Documentation, documentationOf, readProgram, root, table } from "./source.ts";

const head = `# Settings
Every setting of an environment, from the code. They stand in [cdktf.json](../../cdktf.json) under \`context.environments.<name>\`;
\`ONAIR_ENV\` names the environment, \`dev\` if not said. A value that breaks its rule is refused before anything is synthesized, with
the setting, the rule and the value. \`[]\` stands for each entry of a list, \`<key>\` for each key.
`;

/** The page docs/reference/settings.md. */
export function settingsPage(): string {
  const documented = documentedKeys();
  const rows = settingRows(environmentSettings, "").map(({ path, rule, standard }) => {
    const { text, default: said } = documented.get(path) ?? { text: "" };
    return [code(path), cell(rule), said === undefined ? standard : cell(said), cell(text)];
  });
  return `${head}\n${table(["setting", "is", "default", "what for"], rows)}`;
}

interface SettingRow {
  readonly path: string;
  readonly rule: string;
  readonly standard: string;
}

/** What valibot has of a schema, as far as this looks at it. */
interface Schema extends v.GenericSchema {
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly wrapped?: Schema;
  readonly default?: unknown;
  readonly item?: Schema;
  readonly value?: Schema;
  readonly pipe?: readonly [Schema];
  readonly options?: readonly Schema[];
  readonly literal?: unknown;
}

function settingRows(schema: v.GenericSchema, path: string): SettingRow[] {
  const { type, entries, wrapped, item, value, options, pipe } = schema as Schema;
  if (wrapped) return settingRows(wrapped, path);
  if (entries) {
    return Object.entries(entries).flatMap(([key, entry]) => {
      const below = path === "" ? key : `${path}.${key}`;
      return [{ path: below, rule: ruleOf(entry), standard: standardOf(entry) }, ...settingRows(entry, below)];
    });
  }
  if (item) return settingRows(item, `${path}[]`);
  if (type === "record" && value) return settingRows(value, `${path}.<key>`);
  if (type === "variant" && options) return merged(options.flatMap((option) => settingRows(option, path)));
  const [first] = pipe ?? [];
  return first && first !== schema && first.type !== type ? settingRows(first, path) : [];
}

/** Kinds of one thing share a setting that tells them apart: one row says all its values. */
function merged(rows: readonly SettingRow[]): SettingRow[] {
  const paths = [...new Set(rows.map(({ path }) => path))];
  return paths.map((path) => {
    const same = rows.filter((row) => row.path === path);
    return { path, rule: same.map(({ rule }) => rule).join(" or "), standard: same[0]?.standard ?? "" };
  });
}

/** The rule in the words of the error that something else is refused by. */
function ruleOf(schema: Schema): string {
  const inner = unwrapped(schema);
  if (inner.entries || inner.type === "record") return "an object";
  if (inner.type === "literal") return JSON.stringify(inner.literal);
  const { issues = [] } = v.safeParse(inner, Symbol("what no setting is"));
  return (issues[0]?.message ?? "").replace(/^is not /, "").replace(" nor ", " or ");
}

const unwrapped = (schema: Schema): Schema => (schema.wrapped ? unwrapped(schema.wrapped) : schema);

function standardOf(schema: Schema): string {
  if (schema.type !== "optional") return "required";
  return schema.default === undefined ? "none" : code(JSON.stringify(schema.default));
}

/** What the comments say before each key of the schema, by its path. */
function documentedKeys(): ReadonlyMap<string, Documentation> {
  const { checker, source } = readProgram(join(root, "settings/schema.ts"));
  const found = new Map<string, Documentation>();
  const visit = (node: ts.Node, path: string): void => {
    if (ts.isObjectLiteralExpression(node)) {
      for (const property of node.properties) {
        if (ts.isSpreadAssignment(property)) visit(property.expression, path);
        if (!ts.isPropertyAssignment(property)) continue;
        const below = path === "" ? property.name.getText() : `${path}.${property.name.getText()}`;
        if (!found.has(below)) found.set(below, documentationOf(property));
        visit(property.initializer, below);
      }
    } else if (ts.isIdentifier(node)) {
      const declaration = declarationOf(checker, node);
      if (declaration) visit(declaration, path);
    } else if (ts.isCallExpression(node)) {
      const kind = node.expression.getText();
      const below = /^(v\.array|listOf)$/.test(kind) ? `${path}[]` : kind === "v.record" ? `${path}.<key>` : path;
      // A default value is no schema.
      const inner = kind === "v.optional" ? node.arguments.slice(0, 1) : node.arguments;
      for (const argument of inner) visit(argument, below);
      if (ts.isIdentifier(node.expression)) visit(node.expression, path);
    } else if (ts.isArrayLiteralExpression(node)) {
      for (const element of node.elements) visit(element, path);
    } else if (ts.isArrowFunction(node)) {
      visit(node.body, path);
    }
  };
  const schema = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => name.getText() === "environmentSettings");
  if (schema?.initializer) visit(schema.initializer, "");
  return found;
}

/** What a name stands for, in whichever file. */
function declarationOf(checker: ts.TypeChecker, name: ts.Identifier): ts.Expression | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  const real = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = real?.declarations?.[0];
  return declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}
