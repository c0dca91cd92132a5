import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/kustomize-set-image/src/main.ts
await runStepAsAction("kustomize-set-image");
export {};
