import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/kustomize-set-image/src/main.ts
await runStepAsAction("kustomize-set-image");
export {};
