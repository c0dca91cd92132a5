import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/kustomize-set-image/src/main.ts
await runStepAsAction("kustomize-set-image");
export {};
