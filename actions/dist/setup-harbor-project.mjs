import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/setup-harbor-project/src/main.ts
await runStepAsAction("setup-harbor-project");
export {};
