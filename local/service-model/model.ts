import { readFileSync } from "node:fs";

/** A member that travels in the path or the query instead of in the JSON body. */
export interface PlacedMember {
  readonly shape: string;
  readonly in: "uri" | "query";
  /** Its name in the path template or in the query. */
  readonly name: string;
}

/** One type of a service: its kind and every limit that the published model states. */
export interface Shape {
  readonly type: "structure" | "list" | "map" | "string" | "integer" | "long" | "boolean" | "timestamp";
  /** Length in code points of a string, number of items of a list or map, or the value of a number. */
  readonly min?: number;
  readonly max?: number;
  /** Must match the whole string. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string | PlacedMember>>;
  /** The shape of a list's items. */
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  /** The HTTP status, for an error. */
  readonly status?: number;
}

/** One operation as it travels over HTTP. */
export interface OperationModel {
  readonly method: string;
  /** For example `/tags/{resourceArn}`. */
  readonly path: string;
  /** The status of success. */
  readonly status: number;
  readonly input: string;
  /** Absent where success has no body. */
  readonly output?: string;
  readonly errors: readonly string[];
}

/** A published service model in compact form, as generate.py writes it. */
export interface ServiceModel {
  readonly source: string;
  readonly notice: string;
  /** Shapes that differ from the published model, with the reason. */
  readonly corrections: Readonly<Record<string, string>>;
  readonly service: string;
  readonly apiVersion: string;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Reads the generated model of one service. */
export const loadModel = (service: "ivs" | "ivschat"): ServiceModel =>
  JSON.parse(readFileSync(new URL(`./generated/${service}.json`, import.meta.url), "utf8"));

/** The shape of that name. Throws where the model has none, which only a wrong table of ours can cause. */
export const shapeOf = (model: ServiceModel, name: string): Shape => {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Error(`${model.service} has no shape ${name}`);
  return shape;
};

/** Where a member travels, and the name of its shape. */
export const memberOf = (member: string | PlacedMember) =>
  typeof member === "string" ? { shape: member, in: "body" as const } : member;
