export { t as step } from "./chunk-step10.mjs";
