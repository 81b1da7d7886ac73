/**
 * Where chat clients connect with a token: a WebSocket address. The SDK knows no address for it, as no command of its
 * goes there; so a variable of the same form as the SDK's own leads elsewhere.
 *
 * @param environment the process's own
 */
export const chatEndpoint = (environment: Readonly<Record<string, string | undefined>>): string =>
  environment.AWS_ENDPOINT_URL_IVSCHAT_MESSAGING ?? `wss://edge.ivschat.${environment.AWS_REGION ?? ""}.amazonaws.com`;
