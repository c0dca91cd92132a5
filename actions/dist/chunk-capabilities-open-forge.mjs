export { t as openForge } from "./chunk-open-forge.mjs";
