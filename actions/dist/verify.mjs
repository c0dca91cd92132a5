import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/verify/src/main.ts
await runStepAsAction("verify");
export {};
