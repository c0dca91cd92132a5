import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/setup-argocd-project/src/main.ts
await runStepAsAction("setup-argocd-project");
export {};
