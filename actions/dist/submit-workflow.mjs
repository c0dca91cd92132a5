import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/submit-workflow/src/main.ts
await runStepAsAction("submit-workflow");
export {};
