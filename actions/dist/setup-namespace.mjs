import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/setup-namespace/src/main.ts
await runStepAsAction("setup-namespace");
export {};
