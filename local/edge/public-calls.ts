import type { RequestHead } from "./request-head.ts";

/** A kind of call that Amazon serves to anyone, so that it needs no signature here and may come from any web page. */
interface PublicCall {
  readonly name: string;
  readonly methods: readonly string[];
  /** Tested against the decoded path. */
  readonly path: RegExp;
  /** Tested against the host without its port. @default 127.0.0.1 and localhost alone */
  readonly host?: RegExp;
  /** Operations in `x-amz-target`. */
  readonly targets?: ReadonlySet<string>;
  /** @default any */
  readonly contentType?: RegExp;
}

const PLAIN_HOST = /^(127\.0\.0\.1|localhost)$/;
const ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** The operations that the published models of Cognito mark as unsigned. */
const USER_POOL_OPERATIONS = [
  "AssociateSoftwareToken",
  "ChangePassword",
  "CompleteWebAuthnRegistration",
  "ConfirmDevice",
  "ConfirmForgotPassword",
  "ConfirmSignUp",
  "DeleteUser",
  "DeleteUserAttributes",
  "DeleteWebAuthnCredential",
  "ForgetDevice",
  "ForgotPassword",
  "GetDevice",
  "GetTokensFromRefreshToken",
  "GetUser",
  "GetUserAttributeVerificationCode",
  "GetUserAuthFactors",
  "GlobalSignOut",
  "InitiateAuth",
  "ListDevices",
  "ListWebAuthnCredentials",
  "ResendConfirmationCode",
  "RespondToAuthChallenge",
  "RevokeToken",
  "SetUserMFAPreference",
  "SetUserSettings",
  "SignUp",
  "StartWebAuthnRegistration",
  "UpdateAuthEventFeedback",
  "UpdateDeviceStatus",
  "UpdateUserAttributes",
  "VerifySoftwareToken",
  "VerifyUserAttribute",
];
const IDENTITY_POOL_OPERATIONS = ["GetCredentialsForIdentity", "GetId", "GetOpenIdToken", "UnlinkIdentity"];

const COGNITO_TARGETS = new Set([
  ...USER_POOL_OPERATIONS.map((operation) => `AWSCognitoIdentityProviderService.${operation}`),
  ...IDENTITY_POOL_OPERATIONS.map((operation) => `AWSCognitoIdentityService.${operation}`),
]);

const PUBLIC_CALLS: readonly PublicCall[] = [
  { name: "Cognito's unsigned operations", methods: ["POST"], path: /^\/$/, targets: COGNITO_TARGETS },
  {
    name: "the keys of a user pool",
    methods: ["GET", "HEAD", "OPTIONS"],
    path: /^\/[\w-]+_[A-Za-z0-9]+\/\.well-known\/(jwks\.json|openid-configuration)$/,
  },
  {
    name: "Cognito's sign-in pages",
    methods: ["GET", "POST", "OPTIONS"],
    path: /^\/(oauth2\/(authorize|login|revoke|token|userInfo|userinfo)|login|logout)$/,
  },
  {
    name: "an API by its host",
    methods: ANY_METHOD,
    host: /^[a-z0-9]+\.execute-api\.localhost$/,
    path: /^\//,
  },
  { name: "an API by its path", methods: ANY_METHOD, path: /^\/_aws\/execute-api\/[^/]+\/[^/]+(\/|$)/ },
  {
    // Its signature is among its fields; ministack checks it, and takes no form without one.
    name: "a form for a bucket",
    methods: ["POST"],
    path: /^\/[a-z0-9][a-z0-9.-]{2,62}\/?$/,
    contentType: /^multipart\/form-data;/,
  },
  { name: "a REST API by its path", methods: ANY_METHOD, path: /^\/restapis\/[^/]+\/[^/]+\/_user_request_(\/|$)/ },
];

const listed = (head: RequestHead, name: string): string[] =>
  (head.headers[name] ?? "").split(",").map((value) => value.trim().toLowerCase());

/** A browser asks first whether it may send `x-amz-target`; which operation is not in that question. */
const isCognitoPreflight = (head: RequestHead): boolean => {
  const wanted = listed(head, "access-control-request-headers");
  return (
    head.method === "OPTIONS" &&
    head.path === "/" &&
    PLAIN_HOST.test(head.host) &&
    wanted.includes("x-amz-target") &&
    !wanted.includes("authorization")
  );
};

const matches = (head: RequestHead, call: PublicCall): boolean =>
  call.methods.includes(head.method) &&
  call.path.test(head.path) &&
  (call.host ?? PLAIN_HOST).test(head.host) &&
  (call.targets === undefined || call.targets.has(head.headers["x-amz-target"] ?? "")) &&
  (call.contentType === undefined || call.contentType.test(head.headers["content-type"] ?? ""));

/** Paths of services beside S3 that sign as it does; they would not check a presigned address. */
const BESIDE_S3 = /^\/(v20180820|iceberg|_aws|_alb)(\/|$)/;

const isPresignedObject = ({ presigned, path }: RequestHead): boolean =>
  presigned?.service === "s3" && !BESIDE_S3.test(path);

/** Whether a request without an Authorization header is one that Amazon would serve to anyone. */
export const isPublic = (head: RequestHead): boolean =>
  isPresignedObject(head) || isCognitoPreflight(head) || PUBLIC_CALLS.some((call) => matches(head, call));
