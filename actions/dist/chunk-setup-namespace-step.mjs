export { t as step } from "./chunk-step8.mjs";
