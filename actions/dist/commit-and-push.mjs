import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/commit-and-push/src/main.ts
await runStepAsAction("commit-and-push");
export {};
