import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/build-image/src/main.ts
await runStepAsAction("build-image");
export {};
