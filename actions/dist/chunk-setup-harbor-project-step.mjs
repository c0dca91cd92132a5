export { t as step } from "./chunk-step6.mjs";
