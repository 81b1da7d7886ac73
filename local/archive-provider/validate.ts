import type { Diagnostic } from "./diagnostics.ts";
import { type TerraformObject, UNKNOWN } from "./dynamic-value.ts";
import { SOURCE_BLOCK } from "./schema.ts";

/** Where an archive's content may come from; at least one must be given. */
const SOURCES = [SOURCE_BLOCK, "source_content_filename", "source_file", "source_dir"];

/** For each attribute those that must not stand beside it. */
const CONFLICTS: Readonly<Record<string, readonly string[]>> = {
  [SOURCE_BLOCK]: ["source_file", "source_dir", "source_content", "source_content_filename"],
  excludes: ["source_file", "source_content", "source_content_filename"],
  source_content: ["source_file", "source_dir"],
  source_content_filename: ["source_file", "source_dir"],
  source_dir: ["source_file", "source_content", "source_content_filename"],
  source_file: ["source_dir", "source_content", "source_content_filename"],
};

/** Checks the attributes of archive_file against each other; an unknown value is judged when it is known. */
export const validateArchiveFile = (config: TerraformObject): readonly Diagnostic[] => {
  const isUnknown = (name: string): boolean => config[name] === UNKNOWN;
  const isGiven = (name: string): boolean => {
    const value = config[name] ?? null;
    const isEmptyBlock = name === SOURCE_BLOCK && Array.isArray(value) && value.length === 0;
    return value !== null && value !== UNKNOWN && !isEmptyBlock;
  };

  const conflicts = Object.entries(CONFLICTS)
    .filter(([name]) => isGiven(name))
    .flatMap(([name, others]) =>
      others.filter(isGiven).map(
        (other): Diagnostic => ({
          severity: "error",
          summary: "Invalid Attribute Combination",
          detail: `Attribute "${other}" cannot be specified when "${name}" is specified`,
          attribute: name,
        }),
      ),
    );
  if (conflicts.length > 0 || SOURCES.some((name) => isGiven(name) || isUnknown(name))) return conflicts;
  return [
    {
      severity: "error",
      summary: "Missing Attribute Configuration",
      detail: `At least one of these attributes must be configured: [${SOURCES.join(",")}]`,
    },
  ];
};
