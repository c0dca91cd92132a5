import { t as runStepAsAction } from "./github-CpoZ0vWE.mjs";
// actions/checkout/src/main.ts
await runStepAsAction("checkout");
export {};
