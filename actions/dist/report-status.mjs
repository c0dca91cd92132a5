import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/report-status/src/main.ts
await runStepAsAction("report-status");
export {};
