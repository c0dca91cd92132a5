import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/set-image/src/main.ts
await runStepAsAction("set-image");
export {};
