import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/find-image/src/main.ts
await runStepAsAction("find-image");
export {};
