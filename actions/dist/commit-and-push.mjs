import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/commit-and-push/src/main.ts
await runStepAsAction("commit-and-push");
export {};
