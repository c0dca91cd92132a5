import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/setup-random-secret/src/main.ts
await runStepAsAction("setup-random-secret");
export {};
