import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/submit-workflow/src/main.ts
await runStepAsAction("submit-workflow");
export {};
