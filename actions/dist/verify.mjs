import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/verify/src/main.ts
await runStepAsAction("verify");
export {};
