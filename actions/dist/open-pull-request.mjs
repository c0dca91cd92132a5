import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/open-pull-request/src/main.ts
await runStepAsAction("open-pull-request");
export {};
