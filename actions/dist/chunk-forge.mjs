export { h as createAppTokens, p as parseRepositoryUrl, f as wellKnownProvider } from "./chunk-base.mjs";
