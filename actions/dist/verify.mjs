import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/verify/src/main.ts
await runStepAsAction("verify");
export {};
