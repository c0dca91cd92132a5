import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/setup-gitops-repo/src/main.ts
await runStepAsAction("setup-gitops-repo");
export {};
