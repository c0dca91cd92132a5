import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/resolve-source/src/main.ts
await runStepAsAction("resolve-source");
export {};
