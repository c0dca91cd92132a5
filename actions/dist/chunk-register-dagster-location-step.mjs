export { t as step } from "./chunk-step.mjs";
