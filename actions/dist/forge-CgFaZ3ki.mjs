export { u as createForge, l as parseRepositoryUrl, c as providerOf } from "./base-CJ1oTG9l.mjs";
