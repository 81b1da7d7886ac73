/** The address of a file that Vite puts beside the page. */
declare module "*?url" {
  const url: string;
  export default url;
}

declare module "*.css" {}

/** The same without what this page does not use; its package declares no types for it. */
declare module "hls.js/light" {
  export * from "hls.js";
  export { default } from "hls.js";
}
