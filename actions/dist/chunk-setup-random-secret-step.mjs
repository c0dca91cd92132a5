export { t as step } from "./chunk-step9.mjs";
