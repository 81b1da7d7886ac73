const rounded = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** For example `1 viewer`; above 9,999 rounded. Nothing for nobody: whoever reads it watches. */
export function viewersText(viewers: number | undefined): string | undefined {
  if (viewers === undefined || viewers === 0) return undefined;
  if (viewers === 1) return "1 viewer";
  return `${viewers > 9999 ? rounded.format(viewers) : viewers.toLocaleString("en")} viewers`;
}
