export { t as step } from "./chunk-step2.mjs";
