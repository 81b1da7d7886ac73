import { encodeMessage } from "./wire.ts";

/** What the provider knows about one attribute of archive_file. */
interface Attribute {
  readonly type: "string" | "number" | "bool" | readonly ["set", "string"];
  readonly use: "required" | "optional" | "computed";
  /** For the resource: a change makes a new one. @default false */
  readonly replaces?: boolean;
}

const required: Attribute = { type: "string", use: "required", replaces: true };
const optional: Attribute = { type: "string", use: "optional", replaces: true };
const computed: Attribute = { type: "string", use: "computed" };

/** The attributes of archive_file in 2.7.1, the same for the data source and the resource. */
export const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  exclude_symlink_directories: { type: "bool", use: "optional" },
  excludes: { type: ["set", "string"], use: "optional", replaces: true },
  id: computed,
  output_base64sha256: computed,
  output_base64sha512: computed,
  output_file_mode: optional,
  output_md5: computed,
  output_path: required,
  output_sha: computed,
  output_sha256: computed,
  output_sha512: computed,
  output_size: { type: "number", use: "computed" },
  source_content: optional,
  source_content_filename: optional,
  source_dir: optional,
  source_file: optional,
  type: required,
};

/** The one nested block: a set of files given by name and content. */
export const SOURCE_BLOCK = "source";

/** The attributes that the provider fills in. */
export const COMPUTED = Object.keys(ATTRIBUTES).filter((name) => ATTRIBUTES[name]?.use === "computed");

/** The attributes and the block whose change replaces the resource. */
export const REPLACING = [...Object.keys(ATTRIBUTES).filter((name) => ATTRIBUTES[name]?.replaces), SOURCE_BLOCK];

const NESTED_SET = 3;

const encodeAttribute = (name: string, { type, use }: Attribute): Buffer =>
  encodeMessage({
    1: name,
    2: JSON.stringify(type),
    4: use === "required" || undefined,
    5: use === "optional" || undefined,
    6: use === "computed" || undefined,
  });

const sourceBlock = encodeMessage({
  1: SOURCE_BLOCK,
  2: encodeMessage({ 2: ["content", "filename"].map((name) => encodeAttribute(name, required)) }),
  3: NESTED_SET,
});

const archiveFile = encodeMessage({
  2: encodeMessage({
    2: Object.entries(ATTRIBUTES).map(([name, attribute]) => encodeAttribute(name, attribute)),
    3: sourceBlock,
  }),
});

const provider = encodeMessage({ 2: encodeMessage({}) });
const byName = encodeMessage({ 1: "archive_file", 2: archiveFile });
const capabilities = encodeMessage({ 2: true });

/** tfplugin5.GetProviderSchema.Response: no provider settings; archive_file as resource and as data source. */
export const PROVIDER_SCHEMA = encodeMessage({ 1: provider, 2: byName, 3: byName, 6: capabilities });
