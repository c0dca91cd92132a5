import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/deploy-image/src/main.ts
await runStepAsAction("deploy-image");
export {};
