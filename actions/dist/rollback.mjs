import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/rollback/src/main.ts
await runStepAsAction("rollback");
export {};
