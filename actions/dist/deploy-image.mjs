import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/deploy-image/src/main.ts
await runStepAsAction("deploy-image");
export {};
