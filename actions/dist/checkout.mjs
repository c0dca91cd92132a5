import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/checkout/src/main.ts
await runStepAsAction("checkout");
export {};
