import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/resolve-source/src/main.ts
await runStepAsAction("resolve-source");
export {};
