import { expect, test } from "vitest";
import { childEnvironment } from "#cli/process/child-environment.ts";

test("keeps every credential of the user's away from children", () => {
  const planted = {
    AWS_ACCESS_KEY_ID: "planted",
    AWS_SECRET_ACCESS_KEY: "planted",
    AWS_SESSION_TOKEN: "planted",
    AWS_PROFILE: "planted",
    AWS_CONFIG_FILE: "planted",
    AWS_WEB_IDENTITY_TOKEN_FILE: "planted",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "planted",
    GITHUB_TOKEN: "planted",
    NPM_TOKEN: "planted",
    TF_VAR_secret: "planted",
    TF_TOKEN_app_terraform_io: "planted",
    SSH_AUTH_SOCK: "planted",
    npm_config__authToken: "planted",
  };
  expect(childEnvironment(planted)).toEqual({});
});

test("passes what programs need to run, to talk and to reach package registries", () => {
  const needed = {
    PATH: "/bin",
    HOME: "/person/a",
    LANG: "C.UTF-8",
    LC_ALL: "C",
    TMPDIR: "/tmp",
    https_proxy: "http://proxy:3128",
    PIP_INDEX_URL: "https://mirror.example/simple",
    SSL_CERT_FILE: "/etc/certs.pem",
    TF_CLI_CONFIG_FILE: "/person/a/.terraformrc",
    ONAIR_ENV: "dev",
  };
  expect(childEnvironment({ ...needed, UNDEFINED: undefined })).toEqual(needed);
});
