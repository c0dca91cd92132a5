import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/build-image/src/main.ts
await runStepAsAction("build-image");
export {};
