export { t as step } from "./chunk-step5.mjs";
