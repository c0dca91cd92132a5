import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/promote/src/main.ts
await runStepAsAction("promote");
export {};
