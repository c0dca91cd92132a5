import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/rollback/src/main.ts
await runStepAsAction("rollback");
export {};
