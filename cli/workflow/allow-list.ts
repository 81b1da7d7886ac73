import { canonicalJson } from "#domain/plan-review/canonical.ts";
import { cloudControlType, declaredTypes } from "#domain/plan-review/cloud-control.ts";
import type { Json } from "#domain/plan-review/plan.ts";
import type { Backend } from "#settings/backend.ts";

/** Blocks that a stack of ours has. Modules, locals, checks, variables and the like are none of them. */
const BLOCKS: ReadonlySet<string> = new Set(["//", "data", "import", "output", "provider", "resource", "terraform"]);

/** Data that may be read while planning. Others run programs, call addresses, or read secrets and other states. */
const DATA: ReadonlySet<string> = new Set([
  "archive_file",
  "aws_caller_identity",
  "aws_kms_public_key",
  "aws_partition",
]);

/** What a provider may be told: neither another address to call nor another role to take. */
const PROVIDERS: Readonly<Record<string, ReadonlySet<string>>> = {
  aws: new Set(["region", "allowed_account_ids", "default_tags"]),
  archive: new Set(),
};

const SOURCES: Readonly<Record<string, ReadonlySet<string>>> = {
  aws: new Set(["aws", "hashicorp/aws"]),
  archive: new Set(["archive", "hashicorp/archive"]),
};

/** Functions that our expressions call. Others read files or the environment of whoever plans. */
const FUNCTIONS: ReadonlySet<string> = new Set(["try", "length"]);

/**
 * What a stack's synthesized JSON has that whoever plans with credentials must not run, in lines that name the place. Empty where
 * there is nothing: then planning it reads what the credentials may read, and tells nobody else.
 *
 * @param backend where the state of the environment is, by the settings of who plans
 * @param key the state of this stack
 */
export function refusedIn(stack: Json, backend: Backend, key: string): string[] {
  if (!isObject(stack)) return ["it is no object"];
  const shape = shapeProblems(stack);
  // What has another shape than ours is not looked into: Terraform reads blocks in lists that would not be found below.
  if (shape.length > 0) return shape;
  return [
    ...Object.keys(stack)
      .filter((block) => !BLOCKS.has(block))
      .map((block) => `${block}: is no block of our stacks`),
    ...terraformProblems(stack.terraform ?? {}, backend, key),
    ...providerProblems(stack.provider ?? {}),
    ...Object.keys(entriesOf(stack.data))
      .filter((type) => !DATA.has(type))
      .map((type) => `data.${type}: is not read by our plans`),
    ...archiveProblems(entriesOf(stack.data).archive_file),
    ...resourceProblems(stack.resource ?? {}),
    ...cloudControlProblems(entriesOf(stack.resource)[cloudControlType]),
    ...expressionProblems(stack, ""),
  ];
}

/** How many objects are within each other, by block: types, names, and the block itself. */
const DEPTHS: Readonly<Record<string, number>> = { terraform: 1, data: 3, resource: 3, output: 2 };

/** Terraform takes a list of objects wherever it takes one; our stacks have lists of configurations of providers alone. */
function shapeProblems(stack: { readonly [key: string]: Json }): string[] {
  const { provider = {}, terraform } = stack;
  return [
    ...Object.entries(DEPTHS).flatMap(([block, depth]) => notObjects(stack[block], depth, block)),
    ...notObjects(entriesOf(terraform).required_providers, 2, "terraform.required_providers"),
    ...notObjects(provider, 1, "provider"),
    ...Object.entries(entriesOf(provider)).flatMap(([name, configurations]) =>
      [configurations].flat().flatMap((one) => notObjects(one as Json, 1, `provider.${name}`)),
    ),
  ];
}

/** Where something else stands than objects within objects, so many deep. */
function notObjects(value: Json | undefined, depth: number, path: string): string[] {
  if (value === undefined) return [];
  if (!isObject(value)) return [`${path}: is no object`];
  if (depth === 1) return [];
  return Object.entries(value).flatMap(([name, inner]) => notObjects(inner, depth - 1, `${path}.${name}`));
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const entriesOf = (value: Json | undefined): Readonly<Record<string, Json>> => (isObject(value) ? value : {});

function terraformProblems(terraform: Json, backend: Backend, key: string): string[] {
  const { backend: got, required_providers: required, required_version: _version, ...others } = entriesOf(terraform);
  const wanted = { s3: { ...backend, key } };
  return [
    ...Object.keys(others).map((name) => `terraform.${name}: is not set by our stacks`),
    ...(canonicalJson(got ?? null) === canonicalJson(wanted)
      ? []
      : ["terraform.backend: is not the one of the settings"]),
    ...Object.entries(entriesOf(required)).flatMap(([name, provider]) => {
      const source = String(entriesOf(provider).source);
      return SOURCES[name]?.has(source)
        ? []
        : [`terraform.required_providers.${name}: ${source} is no provider of ours`];
    }),
  ];
}

function providerProblems(providers: Json): string[] {
  return Object.entries(entriesOf(providers)).flatMap(([name, configurations]) => {
    const allowed = PROVIDERS[name];
    if (allowed === undefined) return [`provider.${name}: is no provider of ours`];
    return [configurations].flat().flatMap((one) =>
      Object.keys(entriesOf(one as Json))
        .filter((argument) => !allowed.has(argument))
        .map((argument) => `provider.${name}.${argument}: is not set by our stacks`),
    );
  });
}

/** Archives are made while planning: of what was synthesized beside the stack, and nothing else. */
function archiveProblems(archives: Json | undefined): string[] {
  return Object.entries(entriesOf(archives)).flatMap(([name, archive]) => {
    const {
      "//": _metadata,
      source_dir,
      output_path,
      output_file_mode,
      provider,
      type,
      ...others
    } = entriesOf(archive);
    const isOurs =
      /^\$\{path\.module\}\/assets\/[\w-]+\/[0-9A-F]+$/.test(String(source_dir)) &&
      /^\$\{path\.module\}\/archives\/[\w-]+\.zip$/.test(String(output_path)) &&
      Object.keys(others).length === 0;
    return isOurs ? [] : [`data.archive_file.${name}: archives something else than the stack's assets`];
  });
}

const CLOUD_CONTROL_ARGUMENTS: ReadonlySet<string> = new Set([
  ...["//", "depends_on", "lifecycle", "provider"],
  ...["desired_state", "schema", "type_name"],
]);

/** Cloud Control makes what it is asked for with the rights of who applies: nothing that the guard has no rules for. */
function cloudControlProblems(blocks: Json | undefined): string[] {
  return Object.entries(entriesOf(blocks)).flatMap(([name, block]) => {
    const at = `resource.${cloudControlType}.${name}`;
    const { type_name: type = null } = entriesOf(block);
    return [
      ...(typeof type === "string" && declaredTypes.has(type)
        ? []
        : [`${at}.type_name: ${JSON.stringify(type)} is not made by our stacks`]),
      ...Object.keys(entriesOf(block))
        .filter((argument) => !CLOUD_CONTROL_ARGUMENTS.has(argument))
        .map((argument) => `${at}.${argument}: is not set by our stacks`),
    ];
  });
}

function resourceProblems(resources: Json): string[] {
  return Object.entries(entriesOf(resources)).flatMap(([type, blocks]) => [
    ...(/^aws_\w+$/.test(type) || type === "terraform_data" ? [] : [`resource.${type}: is of no provider of ours`]),
    ...Object.entries(entriesOf(blocks)).flatMap(([name, block]) =>
      ["connection", "provisioner"]
        .filter((inner) => inner in entriesOf(block))
        .map((inner) => `resource.${type}.${name}.${inner}: runs programs`),
    ),
  ]);
}

/** Every text of the document, by its path: Terraform looks for expressions in all of them, keys of objects too. */
function expressionProblems(value: Json, path: string): string[] {
  if (typeof value === "string") return textProblems(value).map((problem) => `${path}: ${problem}`);
  if (Array.isArray(value)) return value.flatMap((one, index) => expressionProblems(one, `${path}[${index}]`));
  return Object.entries(entriesOf(value)).flatMap(([key, inner]) => {
    const at = path === "" ? key : `${path}.${key}`;
    return [...textProblems(key).map((problem) => `${at}: ${problem}`), ...expressionProblems(inner, at)];
  });
}

/** Texts of an expression that have no other expression in them. */
const TEXT = /"[^"\\${}%\n]*"/g;
/** What stands in our expressions besides: names, indexes, numbers and comparisons. No comment. */
const EXPRESSION = /^[\w .,=!()[\]-]+$/;

/** A text is held to what its expressions are; outside of them Terraform takes it as it is. */
function textProblems(text: string): string[] {
  if (text.includes("%{")) return ["has a template directive"];
  const [, ...opened] = text.split("${");
  return opened.flatMap((rest) => {
    const [expression = "", ...after] = rest.split("}");
    if (after.length === 0) return ["has an expression within another"];
    const bare = expression.replace(TEXT, "0");
    const called = [...bare.matchAll(/([\w:-]*) *\(/g)].map(([, name = ""]) => name);
    const strange = called.find((name) => name !== "" && !FUNCTIONS.has(name));
    if (strange !== undefined) return [`calls ${strange}(), which our stacks do not`];
    return called.includes("") || !EXPRESSION.test(bare) ? ["has an expression that is none of ours"] : [];
  });
}
