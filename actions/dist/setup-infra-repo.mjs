import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/setup-infra-repo/src/main.ts
await runStepAsAction("setup-infra-repo");
export {};
