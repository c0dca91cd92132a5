import { t as runStepAsAction } from "./github-Dpi_a4l-.mjs";
// actions/checkout/src/main.ts
await runStepAsAction("checkout");
export {};
