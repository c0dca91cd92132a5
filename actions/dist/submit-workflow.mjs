import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/submit-workflow/src/main.ts
await runStepAsAction("submit-workflow");
export {};
