export { type AppendOptions, createAppendBuilder } from './append/append-builder.ts';
export { startCommand } from './append/start-script.ts';
export type { Libc } from './append/target.ts';
export type { Builder, BuildRequest, BuiltImage, CheckedOutSource, ImageSource } from './builder.ts';
export { type CnbOptions, createCnbBuilder } from './cnb/cnb-builder.ts';
export { createKpackBuilder, type KpackOptions } from './kpack/kpack-builder.ts';
