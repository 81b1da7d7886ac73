import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emulatorEnvironment, withoutCredentials } from "#local/ministack/environment.ts";

const settings = {
  folder: "/project/.onair/ministack",
  endpoint: "http://127.0.0.1:4576",
  accountId: "000000000000",
  region: "eu-west-1",
  rootSecret: "local-secret",
};

const real = {
  AWS_ACCESS_KEY_ID: "AKIAREAL",
  AWS_SECRET_ACCESS_KEY: "real-secret",
  AWS_SESSION_TOKEN: "real-token",
  AWS_PROFILE: "production",
  AWS_WEB_IDENTITY_TOKEN_FILE: "/real/token",
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/real",
  HOME: "/person/ana",
  GITHUB_TOKEN: "real-github",
  PATH: "/usr/bin",
  LANG: "C.UTF-8",
};

describe("the emulator's environment", () => {
  const environment = emulatorEnvironment(real, settings);

  it("holds none of the parent's secrets, nor the way to them", () => {
    const text = JSON.stringify(environment);
    for (const secret of ["AKIAREAL", "real", "production", "/person/ana"]) expect(text).not.toContain(secret);
    expect(environment).toMatchObject({
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
      HOME: "/project/.onair/ministack/home",
    });
  });

  it("enforces IAM, opens one port, and sends functions and chat clients to the edge", () => {
    expect(environment).toMatchObject({
      AUTH: "true",
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      LAMBDA_EXECUTOR: "local",
      GATEWAY_PORT: "4576",
      AWS_ENDPOINT_URL: "http://127.0.0.1:4576",
      AWS_ENDPOINT_URL_IVSCHAT_MESSAGING: "ws://127.0.0.1:4576/chat",
      AWS_REGION: "eu-west-1",
    });
  });

  it("finds Node for the functions before anything else on PATH", () => {
    expect(environment.PATH?.endsWith(":/usr/bin")).toBe(true);
    expect(environment.LANG).toBe("C.UTF-8");
  });

  it("has the same names whatever the parent has", () => {
    const allowed = new Set([...Object.keys(environment), "LC_ALL", "TZ"]);
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Z_]{1,20}$/), fc.string()), (parent) => {
        for (const name of Object.keys(emulatorEnvironment(parent, settings))) expect(allowed.has(name)).toBe(true);
      }),
    );
  });
});

describe("the environment of helper programs", () => {
  it("keeps the user's settings and loses Amazon's", () => {
    expect(withoutCredentials({ ...real, PIP_CERT: "/etc/cert", EMPTY: undefined })).toEqual({
      HOME: "/person/ana",
      GITHUB_TOKEN: "real-github",
      PATH: "/usr/bin",
      LANG: "C.UTF-8",
      PIP_CERT: "/etc/cert",
    });
  });
});
