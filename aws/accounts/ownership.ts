/** How what is made for a user is known again. */
export interface Ownership {
  /** Begins the names, for example `onair-dev`. */
  readonly namePrefix: string;
  /** The environment's name, for example `dev`. */
  readonly environment: string;
}

/** On everything of an environment, whether Terraform made it or a function did. */
const environmentTag = "onair:environment";
/** On what was made for a user; nothing of the house has it. */
const userTag = "onair:user";

type Tags = Readonly<Record<string, string>>;

/** Names need not be unique on AWS; this one is, but for what two workers made at once. */
export const nameFor = ({ namePrefix }: Ownership, sub: string): string => `${namePrefix}-${sub}`;

export const environmentTags = (environment: string): Record<string, string> => ({ [environmentTag]: environment });

export const tagsFor = ({ environment }: Ownership, sub: string): Record<string, string> => ({
  ...environmentTags(environment),
  [userTag]: sub,
});

/** Whose it is; undefined for what is the house's, another environment's, or nobody's. */
const ownerOf = (environment: string, tags: Tags | undefined): string | undefined =>
  tags?.[environmentTag] === environment ? tags[userTag] : undefined;

/** Something as a list of the service shows it. */
interface Listed {
  readonly arn?: string | undefined;
  readonly tags?: Tags | undefined;
}

/** ARNs of all that a user has, of pages of what users have. */
export async function arnsOf(sub: string, pages: AsyncIterable<ReturnType<typeof ownedOf>>): Promise<string[]> {
  const arns: string[] = [];
  for await (const page of pages) arns.push(...page.filter((one) => one.sub === sub).map(({ arn }) => arn));
  return arns;
}

/** The users' ones of a list, each with its user. */
export const ownedOf = (environment: string, listed: readonly Listed[] = []) =>
  listed.flatMap(({ arn, tags }) => {
    const sub = ownerOf(environment, tags);
    return arn === undefined || sub === undefined ? [] : [{ arn, sub }];
  });
