/** Goes live by itself with a test clip, so that there is something to watch; the other channels are the user's. */
export const demoChannel = "demo";
