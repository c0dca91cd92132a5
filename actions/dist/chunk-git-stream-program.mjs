export { t as streamProgram } from "./chunk-zx.mjs";
