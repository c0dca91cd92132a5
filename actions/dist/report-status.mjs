import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/report-status/src/main.ts
await runStepAsAction("report-status");
export {};
