import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/update-infra-repo/src/main.ts
await runStepAsAction("update-infra-repo");
export {};
