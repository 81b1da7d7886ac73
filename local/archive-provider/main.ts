/** The plugin process: started by Terraform, speaks its plugin protocol, ends with it. */
import { makeIdentity } from "../tls/certificate.ts";
import { serveGrpc } from "./grpc-server.ts";
import { pluginServices } from "./plugin-services.ts";
import { providerService } from "./provider.ts";

/** Terraform's mark that it is the one who starts the plugin; published in its plugin protocol, no secret. */
const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const CORE_PROTOCOL = 1;
const PROVIDER_PROTOCOL = 5;
const FIRST_CONNECTION_SECONDS = 60;
const PARENT_CHECK_MILLISECONDS = 500;

const stop = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

const main = async (): Promise<void> => {
  const {
    TF_PLUGIN_MAGIC_COOKIE: cookie,
    PLUGIN_PROTOCOL_VERSIONS: versions = "",
    PLUGIN_CLIENT_CERT: clientCertificate,
  } = process.env;
  if (cookie !== MAGIC_COOKIE)
    stop("This is a Terraform provider plugin. Terraform starts it; it does nothing by itself.");
  if (!versions.split(",").includes(String(PROVIDER_PROTOCOL))) {
    stop(`This provider speaks plugin protocol ${PROVIDER_PROTOCOL}; Terraform offered "${versions}".`);
  }
  if (!clientCertificate)
    return stop("This provider talks only to a Terraform that shows a certificate (PLUGIN_CLIENT_CERT).");

  // Terraform stops its plugins itself when it is interrupted, after it has saved its state.
  process.on("SIGINT", () => {});

  // A killed Terraform stops nothing: the plugin is then handed to another parent.
  const parent = process.ppid;
  const endWithParent = (): void => {
    if (process.ppid !== parent) process.exit(0);
  };
  setInterval(endWithParent, PARENT_CHECK_MILLISECONDS);
  const firstConnection = setTimeout(() => process.exit(1), FIRST_CONNECTION_SECONDS * 1000);

  const identity = makeIdentity();
  const port = await serveGrpc({
    methods: { ...pluginServices(() => process.exit(0)), ...providerService(process.env) },
    identity,
    clientCertificate,
    onConnect: () => clearTimeout(firstConnection),
    onDisconnect: endWithParent,
  });
  const certificate = identity.certificate.toString("base64").replace(/=+$/, "");
  process.stdout.write(`${CORE_PROTOCOL}|${PROVIDER_PROTOCOL}|tcp|127.0.0.1:${port}|grpc|${certificate}\n`);
};

void main();
