import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/commit-and-push/src/main.ts
await runStepAsAction("commit-and-push");
export {};
