import { createArchiveFile } from "./archive-file.ts";
import { type Diagnostic, DiagnosticError, encodeAttributePath, encodeDiagnostic } from "./diagnostics.ts";
import {
  decodeDynamicValue,
  encodeDynamicValue,
  isObject,
  type TerraformObject,
  type TerraformValue,
} from "./dynamic-value.ts";
import type { Methods, UnaryMethod } from "./grpc-server.ts";
import { refusal, STAND_IN_WARNING } from "./opt-in.ts";
import { planResource, upgradeState } from "./resource-plan.ts";
import { PROVIDER_SCHEMA } from "./schema.ts";
import { validateArchiveFile } from "./validate.ts";
import { bytesOf, decodeMessage, encodeMessage, type Message, type MessageInput } from "./wire.ts";

const valueAt = (request: Message, field: number): TerraformValue => decodeDynamicValue(bytesOf(request, field));

const objectAt = (request: Message, field: number): TerraformObject => {
  const value = valueAt(request, field);
  if (!isObject(value)) throw new Error(`field ${field} of the request holds no object`);
  return value;
};

const encodeAll = (diagnostics: readonly Diagnostic[]): readonly Buffer[] => diagnostics.map(encodeDiagnostic);

const validate: UnaryMethod = (request) =>
  encodeMessage({ 1: encodeAll(validateArchiveFile(objectAt(decodeMessage(request), 2))) });

/**
 * The tfplugin5 service of the provider. Numbers are the protocol's field numbers. Whatever touches a file asks first whether
 * the environment allows the stand-in, so that it fails closed even if Terraform did not heed Configure's error.
 */
export const providerService = (environment: NodeJS.ProcessEnv): Methods => {
  /** Does the work, or answers why not: its diagnostics in the given field, beside what must not get lost. */
  const working =
    (
      diagnosticsField: number,
      work: (request: Message) => MessageInput,
      onFailure: (request: Message) => MessageInput = () => ({}),
    ): UnaryMethod =>
    (bytes) => {
      const request = decodeMessage(bytes);
      try {
        const refused = refusal(environment);
        if (refused) throw new DiagnosticError(refused.summary, refused.detail);
        return encodeMessage(work(request));
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        return encodeMessage({ ...onFailure(request), [diagnosticsField]: encodeDiagnostic(error.diagnostic) });
      }
    };

  const methods: Readonly<Record<string, UnaryMethod>> = {
    GetSchema: () => PROVIDER_SCHEMA,
    PrepareProviderConfig: (request) =>
      encodeMessage({ 1: bytesOf(decodeMessage(request), 1), 2: encodeDiagnostic(STAND_IN_WARNING) }),
    Configure: () => {
      const refused = refusal(environment);
      return encodeMessage({ 1: refused && encodeDiagnostic(refused) });
    },
    Stop: () => encodeMessage({}),

    ValidateDataSourceConfig: validate,
    ReadDataSource: working(2, (request) => ({ 1: encodeDynamicValue(createArchiveFile(objectAt(request, 2))) })),

    ValidateResourceTypeConfig: validate,
    UpgradeResourceState: (bytes) => {
      const saved = bytesOf(decodeMessage(bytes), 3) ?? Buffer.alloc(0);
      const json = Buffer.from(bytesOf(decodeMessage(saved), 1) ?? []).toString();
      return encodeMessage({ 1: encodeDynamicValue(upgradeState(json)) });
    },
    ReadResource: working(2, (request) => ({
      1: encodeDynamicValue(createArchiveFile(objectAt(request, 2))),
      3: bytesOf(request, 3),
    })),
    PlanResourceChange: working(4, (request) => {
      const { planned, replacing } = planResource(valueAt(request, 2), valueAt(request, 3));
      return { 1: encodeDynamicValue(planned), 2: replacing.map(encodeAttributePath), 3: bytesOf(request, 5) };
    }),
    ApplyResourceChange: working(
      3,
      (request) => {
        const planned = valueAt(request, 3);
        return { 1: encodeDynamicValue(isObject(planned) ? createArchiveFile(planned) : null), 2: bytesOf(request, 5) };
      },
      (request) => ({ 1: bytesOf(request, 2) }),
    ),
  };
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [`/tfplugin5.Provider/${name}`, method]));
};
