import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/setup-argocd-application/src/main.ts
await runStepAsAction("setup-argocd-application");
export {};
