import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/promote/src/main.ts
await runStepAsAction("promote");
export {};
