import { constructsPage } from "./constructs.ts";
import { settingsPage } from "./settings.ts";

/** The pages of docs/reference that are written from the code, by their file. */
export const pages: Readonly<Record<string, () => string>> = {
  "constructs.md": constructsPage,
  "settings.md": settingsPage,
};
