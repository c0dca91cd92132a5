export { t as step } from "./chunk-step4.mjs";
