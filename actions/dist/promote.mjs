import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/promote/src/main.ts
await runStepAsAction("promote");
export {};
