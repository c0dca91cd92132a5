import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/merge-config/src/main.ts
await runStepAsAction("merge-config");
export {};
