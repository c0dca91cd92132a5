import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/status/src/main.ts
await runStepAsAction("status");
export {};
