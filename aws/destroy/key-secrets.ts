import { DeleteSecretCommand, paginateListSecrets, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { keySecretName } from "#domain/playback/key-secret.ts";

/** How long a secret that is to be removed can be brought back, in days: the least that the service takes. */
const recoveryDays = 7;

/** Names of the secrets with private halves of playback keys, which `onair keys` made. */
export async function listKeySecrets(secrets: SecretsManagerClient, environment: string): Promise<string[]> {
  const prefix = keySecretName(environment, "");
  const names: string[] = [];
  const pages = paginateListSecrets({ client: secrets }, { Filters: [{ Key: "name", Values: [prefix] }] });
  for await (const { SecretList = [] } of pages) {
    // The filter also finds the prefix in another case.
    for (const { Name = "", DeletedDate } of SecretList) {
      if (Name.startsWith(prefix) && DeletedDate === undefined) names.push(Name);
    }
  }
  return names;
}

/** Schedules the removal of a secret. */
export async function removeKeySecret(secrets: SecretsManagerClient, name: string): Promise<void> {
  await secrets.send(new DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: recoveryDays }));
}
