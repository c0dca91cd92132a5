export { d as createForge, u as parseRepositoryUrl, l as providerOf } from "./base-B_bFYH8I.mjs";
