import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/history/src/main.ts
await runStepAsAction("history");
export {};
