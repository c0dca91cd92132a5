import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/promote/src/main.ts
await runStepAsAction("promote");
export {};
