const format = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "short" });

/** A moment for people, in their own time zone. @param iso ISO 8601 */
export const momentText = (iso: string): string => format.format(new Date(iso));
