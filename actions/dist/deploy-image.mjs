import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/deploy-image/src/main.ts
await runStepAsAction("deploy-image");
export {};
