export { d as createForge, u as parseRepositoryUrl, l as providerOf } from "./chunk-base.mjs";
