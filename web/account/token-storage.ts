/** Amplify's names: `CognitoIdentityServiceProvider.<client>.<user>.<what>`. */
const prefix = "CognitoIdentityServiceProvider.";
const refreshToken = ".refreshToken";
const lasting = [refreshToken, ".LastAuthUser"];

/** Expired long ago: Amplify renews what has expired, and does nothing where there is none. */
const expiredToken = `${btoa('{"alg":"none"}')}.${btoa('{"exp":0}')}.`;

const isLasting = (key: string) => lasting.some((end) => key.endsWith(end));

/**
 * Where Amplify keeps what it has of a session. Access and id tokens, which open the API, are in memory alone, where a
 * script that somehow runs in another tab, an extension's store or a disk image finds nothing. The refresh token must
 * survive a reload, so it is in localStorage: Cognito takes it once, and then only within seconds again, so a copy of it
 * is good for nothing soon, and tabs share the newest one.
 */
export function createTokenStorage(kept: Storage) {
  const memory = new Map<string, string>();
  const keptKeys = () => Object.keys(kept).filter((key) => key.startsWith(prefix));
  return {
    getItem: async (key: string): Promise<string | null> => {
      if (isLasting(key)) return kept.getItem(key);
      const value = memory.get(key);
      if (value !== undefined || !key.endsWith(".accessToken")) return value ?? null;
      const ofSameUser = key.replace(/\.accessToken$/, refreshToken);
      return kept.getItem(ofSameUser) === null ? null : expiredToken;
    },
    setItem: async (key: string, value: string): Promise<void> => {
      if (isLasting(key)) kept.setItem(key, value);
      else memory.set(key, value);
    },
    /** What lasts stays until it is forgotten: Amplify would let go of it whenever Cognito is only busy. */
    removeItem: async (key: string): Promise<void> => {
      memory.delete(key);
    },
    clear: async (): Promise<void> => {
      memory.clear();
    },
    /** Whether somebody is signed in, in this tab or another, or was when the browser was closed. */
    holdsSession: () => keptKeys().some((key) => key.endsWith(refreshToken)),
    /** Whether a key of the kept storage is the one that ends or begins a session. */
    isSession: (key: string | null) => key?.startsWith(prefix) === true && key.endsWith(refreshToken),
    /** Ends the session in this browser. */
    forget: () => {
      memory.clear();
      for (const key of keptKeys()) kept.removeItem(key);
    },
  };
}

export type TokenStorage = ReturnType<typeof createTokenStorage>;
