export { type Clock, systemClock } from './clock.ts';
export {
  type BadField,
  type ExitCode,
  exitCodeOf,
  exitCodes,
  type FailureOptions,
  hintOf,
  InputError,
  messageOf,
  RetryableError,
  StepError,
} from './errors.ts';
export {
  type Answer,
  connectionFailure,
  type ExchangeOptions,
  exchange,
  isLoopback,
  retryAfterSeconds,
} from './exchange.ts';
export { executeStep, inputShapeOf, type Step } from './execute-step.ts';
export { type Field, type FieldKind, fieldsOf, secret } from './fields.ts';
export { createLog, type Log, type LogLevel, type LogLine, type LogSink, silentLog } from './log.ts';
export { inStyle, type NameStyle, toCamelCase } from './name-style.ts';
export { type Patience, withPatience } from './patience.ts';
export { createRedactor, type Redactor } from './redaction.ts';
export type {
  AnyCapability,
  Capabilities,
  Capability,
  CapabilityValue,
  InputsOf,
  OutputsOf,
  RunIdentity,
  StepContext,
  StepContract,
  StepExample,
  StepResult,
} from './step.ts';
