/** The least that a function can be: what is left is the way to it. */
export const handler = async () => ({});
