import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/verify/src/main.ts
await runStepAsAction("verify");
export {};
