import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/promote/src/main.ts
await runStepAsAction("promote");
export {};
