export { m as createAppTokens, f as parseRepositoryUrl, d as wellKnownProvider } from "./chunk-base.mjs";
