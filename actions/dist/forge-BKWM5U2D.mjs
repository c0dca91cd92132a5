export { d as createForge, u as parseRepositoryUrl, l as providerOf } from "./base-CQv8huXH.mjs";
