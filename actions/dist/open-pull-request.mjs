import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/open-pull-request/src/main.ts
await runStepAsAction("open-pull-request");
export {};
