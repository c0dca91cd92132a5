import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/setup-source-repo/src/main.ts
await runStepAsAction("setup-source-repo");
export {};
