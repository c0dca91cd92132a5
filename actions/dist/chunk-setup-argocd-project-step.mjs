export { t as step } from "./chunk-step3.mjs";
