import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/report-status/src/main.ts
await runStepAsAction("report-status");
export {};
