import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/register-dagster-location/src/main.ts
await runStepAsAction("register-dagster-location");
export {};
