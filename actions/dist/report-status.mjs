import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/report-status/src/main.ts
await runStepAsAction("report-status");
export {};
