import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { checkArn, checkRange } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";
import type { IConsumer } from "../lambda/consumer.ts";

/** A Cognito user pool, made here or elsewhere. */
export interface IUserPool {
  readonly userPoolId: string;
  readonly userPoolArn: string;
  /** What its tokens say in `iss`. */
  readonly issuer: string;
}

/** An address of the account's own, verified in SES, which Cognito writes from. */
export interface EmailSender {
  /** For example `Onair <no-reply@example.com>`; its domain or address is the identity's. */
  readonly from: string;
  /** `arn:aws:ses:<region>:<account>:identity/<domain or address>`. */
  readonly identityArn: string;
}

export interface UserPoolProps {
  /** Who mails come from. @default Cognito itself, which sends about 50 a day; a protected stack is warned */
  readonly email?: EmailSender;
  /**
   * Called when a user has confirmed the address, or a forgotten password; its error is the caller's error. Cognito waits
   * five seconds and calls again, up to three times: it may take no longer, and must bear to be called twice.
   * It may not be granted anything on this pool, which is made after it.
   * @default nothing is called
   */
  readonly postConfirmation?: IConsumer;
  /** 8 to 99; small and capital letters, digits and symbols are asked for always. @default 10 */
  readonly passwordMinimumLength?: number;
  /** A second factor by an authenticator app, for users who want it. @default "OFF" */
  readonly mfa?: "OFF" | "OPTIONAL";
  /** Cognito's look at risky sign-ins; costs per user (feature plan Plus). @default none */
  readonly threatProtection?: "AUDIT" | "ENFORCED";
}

/** How long Cognito waits for a trigger (developer guide). */
const TRIGGER_SECONDS = 5;
/** The longest nickname, in characters. */
const MAXIMUM_NICKNAME = 50;

/**
 * Who may sign in: by e-mail address, proved by a mailed code, with a nickname. A changed address counts once it is proved.
 * A protected stack refuses to delete it, and so does Cognito.
 */
export class UserPool extends Construct implements IUserPool {
  /** The underlying `aws_cognito_user_pool`. */
  readonly resource: CognitoUserPool;
  readonly #postConfirmation: IConsumer | undefined;

  constructor(scope: Construct, id: string, props: UserPoolProps = {}) {
    super(scope, id);
    const { email, postConfirmation, passwordMinimumLength = 10, mfa = "OFF", threatProtection } = props;
    checkRange(this, "passwordMinimumLength", passwordMinimumLength, { minimum: 8, maximum: 99, unit: "characters" });
    checkRange(this, "postConfirmation.timeoutSeconds", postConfirmation?.timeoutSeconds, {
      minimum: 1,
      maximum: TRIGGER_SECONDS,
      unit: "seconds",
    });
    if (email) checkArn(this, "email.identityArn", email.identityArn, "ses", "identity");
    else if (AwsStack.of(this).protect) {
      Annotations.of(this).addWarning("Cognito's own sender delivers about 50 mails a day: give it an address of SES.");
    }
    this.#postConfirmation = postConfirmation;
    this.resource = new CognitoUserPool(this, "Resource", {
      name: physicalName(this),
      // Refresh tokens rotate from this plan on.
      userPoolTier: threatProtection ? "PLUS" : "ESSENTIALS",
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ["email"] },
      verificationMessageTemplate: { defaultEmailOption: "CONFIRM_WITH_CODE" },
      accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
      adminCreateUserConfig: { allowAdminCreateUserOnly: false },
      schema: [NICKNAME],
      passwordPolicy: { ...ALL_KINDS, minimumLength: passwordMinimumLength, temporaryPasswordValidityDays: 7 },
      mfaConfiguration: mfa,
      ...(mfa === "OPTIONAL" && { softwareTokenMfaConfiguration: { enabled: true } }),
      ...(threatProtection && { userPoolAddOns: { advancedSecurityMode: threatProtection } }),
      emailConfiguration: email
        ? { emailSendingAccount: "DEVELOPER", sourceArn: email.identityArn, fromEmailAddress: email.from }
        : { emailSendingAccount: "COGNITO_DEFAULT" },
      ...(postConfirmation && { lambdaConfig: { postConfirmation: postConfirmation.functionArn } }),
    });
    if (postConfirmation) this.#mayCall(postConfirmation);
  }

  /** Reads a pool's ARN. Throws ERR_ARN where it is another kind of ARN. */
  static fromUserPoolArn(scope: Construct, userPoolArn: string): IUserPool {
    checkArn(scope, "userPoolArn", userPoolArn, "cognito-idp", "userpool");
    const [, , , region, , resource = ""] = userPoolArn.split(":");
    const userPoolId = resource.slice("userpool/".length);
    return { userPoolArn, userPoolId, issuer: `https://cognito-idp.${region}.amazonaws.com/${userPoolId}` };
  }

  get userPoolId(): string {
    return this.resource.id;
  }

  /** `arn:aws:cognito-idp:<region>:<account>:userpool/<id>`. */
  get userPoolArn(): string {
    return this.resource.arn;
  }

  get issuer(): string {
    return `https://${this.resource.endpoint}`;
  }

  get outputs(): Record<string, string> {
    return { id: this.userPoolId, arn: this.userPoolArn, issuer: this.issuer };
  }

  /** Lets a function read what is known of a user. */
  grantGetUser(grantee: Grantee): void {
    this.#grant(grantee, "AdminGetUser");
  }

  /** Lets a function change a user's attributes, the nickname among them. */
  grantUpdateUser(grantee: Grantee): void {
    this.#grant(grantee, "AdminUpdateUserAttributes");
  }

  /** Lets a function end a user's sessions: refresh tokens are worth nothing from then on, access tokens until they expire. */
  grantSignOutUser(grantee: Grantee): void {
    this.#grant(grantee, "AdminUserGlobalSignOut");
  }

  grantDeleteUser(grantee: Grantee): void {
    this.#grant(grantee, "AdminDeleteUser");
  }

  #grant(grantee: Grantee, action: string): void {
    if (grantee === this.#postConfirmation) {
      const rule = "must not name this pool for its own trigger: each would have to be made before the other";
      throw new ConfigError("ERR_GRANT_CYCLE", this, "grant", rule, action);
    }
    grantee.grant({ sid: action, actions: [`cognito-idp:${action}`], resources: [this.userPoolArn] });
  }

  #mayCall(fn: IConsumer): void {
    new LambdaPermission(this, "PostConfirmationPermission", {
      statementId: "CognitoConfirmedUser",
      action: "lambda:InvokeFunction",
      functionName: fn.functionName,
      ...(fn.qualifier && { qualifier: fn.qualifier }),
      principal: "cognito-idp.amazonaws.com",
      sourceAccount: AwsStack.of(this).accountId,
      sourceArn: this.userPoolArn,
    });
  }
}

/** Cognito's own rule; the local cloud asks for symbols whatever it is told. */
const ALL_KINDS = { requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true };

/** What it says can never be changed on a pool that exists. */
const NICKNAME = {
  name: "nickname",
  attributeDataType: "String",
  required: true,
  mutable: true,
  developerOnlyAttribute: false,
  stringAttributeConstraints: { minLength: "1", maxLength: String(MAXIMUM_NICKNAME) },
};
