import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/resolve-source/src/main.ts
await runStepAsAction("resolve-source");
export {};
