import { t as runStepAsAction } from "./chunk-github.mjs";
// actions/reconcile-pushes/src/main.ts
await runStepAsAction("reconcile-pushes");
export {};
