import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/build-image/src/main.ts
await runStepAsAction("build-image");
export {};
