export { t as RE2JS } from "./chunk-re2.mjs";
