export { t as step } from "./chunk-step7.mjs";
