import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/select-tag/src/main.ts
await runStepAsAction("select-tag");
export {};
