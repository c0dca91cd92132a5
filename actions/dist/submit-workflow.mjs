import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/submit-workflow/src/main.ts
await runStepAsAction("submit-workflow");
export {};
