import { t as runStepAsAction } from "./github-fZ4bLZbA.mjs";
// actions/checkout/src/main.ts
await runStepAsAction("checkout");
export {};
