import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/report-status/src/main.ts
await runStepAsAction("report-status");
export {};
