import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/kustomize-set-image/src/main.ts
await runStepAsAction("kustomize-set-image");
export {};
