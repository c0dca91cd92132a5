import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/submit-workflow/src/main.ts
await runStepAsAction("submit-workflow");
export {};
