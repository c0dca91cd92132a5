import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/build-image/src/main.ts
await runStepAsAction("build-image");
export {};
