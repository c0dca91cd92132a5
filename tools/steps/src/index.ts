export { isStepId, loadStep, type StepId, stepIds } from './load-step.ts';
