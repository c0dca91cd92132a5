import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/kustomize-set-image/src/main.ts
await runStepAsAction("kustomize-set-image");
export {};
