import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/setup-git-project/src/main.ts
await runStepAsAction("setup-git-project");
export {};
