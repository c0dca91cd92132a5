import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/rollback/src/main.ts
await runStepAsAction("rollback");
export {};
