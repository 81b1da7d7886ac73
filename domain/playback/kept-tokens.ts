/** A token, and when it ends, in seconds since 1970. */
export interface KeptToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** A token is given again while it has so much left: enough for a page to begin with it. */
const freshForSeconds = 60;

export interface KeptTokensOptions {
  /** The oldest goes for the newest beyond it. @default 5000, some 3 MB */
  readonly most?: number;
}

/** Tokens that can be given once more. */
export interface KeptTokens {
  /**
   * The token of a key, made only where none is kept that has time left; who asks while it is made gets the same one.
   * One that could not be made is forgotten.
   *
   * @param now milliseconds since 1970
   */
  get(key: string, now: number, make: () => Promise<KeptToken>): Promise<KeptToken>;
}

/**
 * Keeps tokens in memory, as long as a function lives: a page that begins again costs no signature. The key must name
 * all that the token says.
 */
export function createKeptTokens({ most = 5000 }: KeptTokensOptions = {}): KeptTokens {
  const kept = new Map<string, Promise<KeptToken>>();
  return {
    async get(key, now, make) {
      const earlier = kept.get(key);
      const token = earlier && (await earlier.catch(() => undefined));
      if (token !== undefined && token.expiresAt - now / 1000 > freshForSeconds) return token;
      // Whoever came first while this one waited has made it already.
      const made = kept.get(key);
      if (made !== undefined && made !== earlier) return made;
      const making = make();
      kept.delete(key);
      kept.set(key, making);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      try {
        return await making;
      } catch (error) {
        if (kept.get(key) === making) kept.delete(key);
        throw error;
      }
    },
  };
}
