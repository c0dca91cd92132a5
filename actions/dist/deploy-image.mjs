import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/deploy-image/src/main.ts
await runStepAsAction("deploy-image");
export {};
