import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/open-pull-request/src/main.ts
await runStepAsAction("open-pull-request");
export {};
