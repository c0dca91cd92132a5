import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/commit-and-push/src/main.ts
await runStepAsAction("commit-and-push");
export {};
