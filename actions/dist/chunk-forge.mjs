export { f as createForge, d as parseRepositoryUrl, u as providerOf } from "./chunk-base.mjs";
