import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/verify/src/main.ts
await runStepAsAction("verify");
export {};
