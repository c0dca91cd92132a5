import { config } from 'zod';

/**
 * Has schemas interpreted. By default zod writes a program for each object schema and compiles it when it is first used;
 * that pays for itself in a server, and is a fifth of the life of a program that checks its inputs once. Called before
 * the schemas of a step are made.
 */
export function schemasWithoutCompiler(): void {
  config({ jitless: true });
}
