export { alternately, type Contender, type Missing, quantile, type Sample, type SelfTimed } from './measure.ts';
export { type Bar, type BenchResult, isReached, resultTable } from './result.ts';
