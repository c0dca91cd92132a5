import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/open-pull-request/src/main.ts
await runStepAsAction("open-pull-request");
export {};
