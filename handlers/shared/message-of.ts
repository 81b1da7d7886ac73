/** What a failure says of itself, for a line in the log. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "unknown");
