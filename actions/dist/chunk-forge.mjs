export { d as createAppTokens, l as parseRepositoryUrl, c as wellKnownProvider } from "./chunk-base.mjs";
