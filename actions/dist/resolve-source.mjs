import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/resolve-source/src/main.ts
await runStepAsAction("resolve-source");
export {};
