import { t as runStepAsAction } from "./github-Dph1QAU5.mjs";
// actions/checkout/src/main.ts
await runStepAsAction("checkout");
export {};
