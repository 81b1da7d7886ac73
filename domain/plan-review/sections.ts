import { isImported, isMoved } from "./counts.ts";
import { attributeLines, nameOf } from "./describe.ts";
import type { Block, Entry } from "./document.ts";
import { driftOf } from "./drift.ts";
import { code } from "./markdown.ts";
import type { ResourceChange, StackPlan } from "./plan.ts";

const orderWords = {
  "delete-first": "the old one is destroyed first",
  "create-first": "the new one is made first",
} as const;

/** A section of a stack: which changes stand in it, and how each is told. */
interface Section {
  readonly title: string;
  readonly priority: number;
  /** Behind a line that opens it. */
  readonly isFolded?: true;
  readonly entries: (stackPlan: StackPlan) => readonly Entry[];
}

const byAddress = (one: { readonly address: string }, other: { readonly address: string }): number =>
  one.address < other.address ? -1 : 1;

const managed = ({ plan }: StackPlan, isMeant: (change: ResourceChange) => boolean): readonly ResourceChange[] =>
  plan.changes.filter((change) => change.mode === "managed" && isMeant(change)).toSorted(byAddress);

const entryOf = (stackPlan: StackPlan, change: ResourceChange, note = ""): Entry => [
  `- ${nameOf(stackPlan, change.address)}${note}${change.deposed === undefined ? "" : ", left behind by a replacement that broke off"}`,
];

const sections: readonly Section[] = [
  {
    title: "Destroyed",
    priority: 2,
    entries: (one) => managed(one, ({ action }) => action === "delete").map((change) => entryOf(one, change)),
  },
  {
    title: "Replaced",
    priority: 2,
    entries: (one) =>
      managed(one, ({ action }) => action === "replace").map((change) => [
        ...entryOf(one, change, change.replaceOrder ? `: ${orderWords[change.replaceOrder]}` : ""),
        ...attributeLines(change),
      ]),
  },
  {
    title: "No longer under Terraform",
    priority: 3,
    entries: (one) => managed(one, ({ action }) => action === "forget").map((change) => entryOf(one, change)),
  },
  {
    title: "Updated",
    priority: 4,
    entries: (one) =>
      managed(one, ({ action }) => action === "update").map((change) => [
        ...entryOf(one, change),
        ...attributeLines(change),
      ]),
  },
  {
    title: "Created",
    priority: 6,
    isFolded: true,
    entries: (one) => managed(one, ({ action }) => action === "create").map((change) => entryOf(one, change)),
  },
  {
    title: "Moved and imported",
    priority: 5,
    entries: (one) =>
      managed(one, (change) => isMoved(change) || isImported(change)).map((change) =>
        entryOf(
          one,
          change,
          [
            isMoved(change) ? `, until now ${code(change.previousAddress ?? "")}` : "",
            isImported(change) ? `, imported from ${code(change.importing ?? "")}` : "",
          ].join(""),
        ),
      ),
  },
  {
    title: "Changed by others since the last apply (drift)",
    priority: 5,
    entries: (one) =>
      driftOf(one.plan).map(({ change, attributes }) => [
        ...entryOf(one, change, change.action === "delete" ? ": no longer there" : ""),
        ...attributeLines(change, attributes),
      ]),
  },
  {
    title: "Outputs",
    priority: 7,
    isFolded: true,
    entries: ({ plan }) =>
      plan.outputs
        .filter(({ action }) => action !== "no-op")
        .toSorted((one, other) => (one.name < other.name ? -1 : 1))
        .map((output) => [`- ${code(output.name)}`, ...attributeLines(output)]),
  },
  {
    title: "Deferred to a later run",
    priority: 3,
    entries: (one) =>
      one.plan.deferred
        .toSorted(byAddress)
        .map(({ address, reason }) => [`- ${nameOf(one, address)}: ${code(reason)}`]),
  },
];

/** What a stack's plan does, one block for each kind of change that it has. */
export function sectionBlocks(stackPlan: StackPlan): Block[] {
  return sections.flatMap(({ title, priority, isFolded, entries }) => {
    const found = entries(stackPlan);
    if (found.length === 0) return [];
    const heading = `${title} (${found.length})`;
    const head = isFolded ? ["", `<details><summary>${heading}</summary>`, ""] : ["", `#### ${heading}`, ""];
    return [{ priority, head, entries: found, tail: isFolded ? ["", "</details>", ""] : [] }];
  });
}
