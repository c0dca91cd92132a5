import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/resolve-source/src/main.ts
await runStepAsAction("resolve-source");
export {};
