import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/rollback/src/main.ts
await runStepAsAction("rollback");
export {};
