import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/build-image/src/main.ts
await runStepAsAction("build-image");
export {};
