import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { json } from "node:stream/consumers";
import { connect as tlsConnect } from "node:tls";
import { REGISTRY_HOST } from "./provider-packages.ts";

/** The address at which a Terraform registry says what it serves. */
export const DISCOVERY_URL = `https://${REGISTRY_HOST}/.well-known/terraform.json`;

/** How long the registry may take to answer. */
export const PROBE_SECONDS = 3;

/** The proxy that Terraform would use for an address, by the same variables. */
const proxyFor = (target: URL, environment: NodeJS.ProcessEnv): URL | undefined => {
  const read = (name: string): string => environment[name.toUpperCase()] || environment[name.toLowerCase()] || "";
  const exempt = read("NO_PROXY")
    .split(",")
    .map((entry) => entry.trim().replace(/^\./, ""))
    .some((entry) => entry === "*" || entry === target.hostname || (entry && target.hostname.endsWith(`.${entry}`)));
  const proxy = exempt || target.protocol !== "https:" ? "" : read("HTTPS_PROXY");
  if (proxy === "") return undefined;
  return new URL(proxy.includes("://") ? proxy : `http://${proxy}`);
};

const openTunnel = async (proxy: URL, target: URL, signal: AbortSignal): Promise<Socket> => {
  const send = proxy.protocol === "https:" ? httpsRequest : httpRequest;
  const address = `${target.hostname}:${target.port || 443}`;
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const authorization = proxy.username && `Basic ${Buffer.from(credentials).toString("base64")}`;
  const request = send({
    host: proxy.hostname,
    port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
    method: "CONNECT",
    path: address,
    headers: { host: address, ...(authorization && { "proxy-authorization": authorization }) },
    signal,
  }).end();
  const [response, socket] = (await once(request, "connect", { signal })) as [IncomingMessage, Socket];
  if (response.statusCode === 200) return socket;
  socket.destroy();
  throw new Error(`the proxy answered ${response.statusCode}`);
};

/**
 * Whether a Terraform registry answers at its discovery address, directly or through the proxy of HTTPS_PROXY.
 * Any failure within {@link PROBE_SECONDS} means no.
 */
export const registryAnswers = async (
  discoveryUrl: string = DISCOVERY_URL,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<boolean> => {
  const signal = AbortSignal.timeout(PROBE_SECONDS * 1000);
  try {
    const target = new URL(discoveryUrl);
    const proxy = proxyFor(target, environment);
    const tunnel = proxy && (await openTunnel(proxy, target, signal));
    const send = target.protocol === "https:" ? httpsRequest : httpRequest;
    // Terraform trusts the system's certificates, Node its own: this asks only whether a registry is there, and Terraform
    // verifies it before it installs anything.
    const trust = { servername: target.hostname, rejectUnauthorized: false };
    const connection = tunnel ? { createConnection: () => tlsConnect({ socket: tunnel, ...trust }) } : { agent: false };
    const request = send(target, { signal, ...trust, ...connection }).end();
    const [response] = (await once(request, "response", { signal })) as [IncomingMessage];
    const document: unknown = await json(response);
    return response.statusCode === 200 && Object.hasOwn(Object(document), "providers.v1");
  } catch {
    return false;
  }
};
