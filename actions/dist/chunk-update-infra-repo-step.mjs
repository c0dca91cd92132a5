export { t as step } from "./chunk-step11.mjs";
