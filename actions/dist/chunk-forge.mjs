export { m as createAppTokens, p as createForge, f as parseRepositoryUrl, d as wellKnownProvider } from "./chunk-base.mjs";
