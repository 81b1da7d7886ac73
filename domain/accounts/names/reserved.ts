/** Words that would stand for the platform, its staff or one of its paths. */
const reservedWords = [
  ...["about", "account", "accounts", "admin", "administrator", "api", "app", "assets", "auth", "channel", "channels"],
  ...["chat", "config", "contact", "dashboard", "docs", "explore", "health", "help", "home", "index", "live", "login"],
  ...["logout", "mail", "me", "moderator", "moderators", "mod", "new", "null", "official", "onair", "password"],
  ...["playback", "privacy", "profile", "public", "recordings", "register", "root", "search", "security", "settings"],
  ...["signin", "signup", "staff", "static", "status", "stream", "streams", "support", "system", "team", "terms"],
  ...["undefined", "user", "users", "video", "web", "webmaster", "www"],
];

const lookAlikes: Readonly<Record<string, string>> = { 0: "o", 1: "i", l: "i", 3: "e", 4: "a", 5: "s", 7: "t" };

/** A name as it looks at a glance: without hyphens, digits as the letters that they stand in for. */
const atAGlance = (name: string) => name.replaceAll("-", "").replace(/[01l3457]/g, (sign) => lookAlikes[sign] ?? sign);

const reservedAtAGlance = new Set(reservedWords.map(atAGlance));

/** Whether a name is, or at a glance looks like, a word that nobody may have: "admin", "4dm1n", "ad-min". */
export const isReserved = (name: string): boolean => reservedAtAGlance.has(atAGlance(name));
