export { t as createKube } from "./src-C4yhuRHE.mjs";
