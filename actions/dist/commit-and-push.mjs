import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/commit-and-push/src/main.ts
await runStepAsAction("commit-and-push");
export {};
