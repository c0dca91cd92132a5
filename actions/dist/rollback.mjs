import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/rollback/src/main.ts
await runStepAsAction("rollback");
export {};
