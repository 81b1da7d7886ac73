/**
 * The name of the secret that holds the private half of a playback key made elsewhere, as PKCS8 PEM.
 *
 * @param environment for example `dev`
 * @param key the name of the key's entry in the settings
 */
export const keySecretName = (environment: string, key: string): string => `onair-${environment}/playback-keys/${key}`;
