import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/deploy-image/src/main.ts
await runStepAsAction("deploy-image");
export {};
