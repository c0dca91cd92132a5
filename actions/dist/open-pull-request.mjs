import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/open-pull-request/src/main.ts
await runStepAsAction("open-pull-request");
export {};
