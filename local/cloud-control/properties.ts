/** Properties as CloudFormation names them, and members as IVS does: `BucketName` is `bucketName`, `S3` is `s3`. */
export type Properties = Readonly<Record<string, unknown>>;
export type Members = Readonly<Record<string, unknown>>;

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const small = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

const renamed = (value: unknown, rename: (name: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [rename(name), renamed(inner, rename)]));
};

const isTag = (value: unknown): value is Tag =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Tag).Key === "string" &&
  typeof (value as Tag).Value === "string" &&
  Object.keys(value).length === 2;

/** Undefined where it is no list of keys and values, or names a key twice. */
const tagMap = (tags: unknown): Readonly<Record<string, string>> | undefined => {
  if (!Array.isArray(tags) || !tags.every(isTag)) return undefined;
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) return undefined;
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
};

/** As IVS takes them; the tags alone are undefined where they are no tags. */
export const toMembers = ({ Tags, ...properties }: Properties): Members => ({
  ...(renamed(properties, small) as Members),
  ...(Tags !== undefined && { tags: tagMap(Tags) }),
});

/** As Cloud Control shows them, tags by their keys; in which order AWS has them is unverified. */
export const toProperties = ({ tags, ...members }: Members): Properties => ({
  ...(renamed(members, capital) as Properties),
  Tags: Object.entries((tags ?? {}) as Record<string, string>)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value })),
});

/** `thumbnailConfiguration.storage` is `#/ThumbnailConfiguration/Storage`. */
export const propertyPath = (path: string): string => `#/${path.split(".").map(capital).join("/")}`;
