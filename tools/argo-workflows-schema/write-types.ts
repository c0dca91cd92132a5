import { writeFile } from 'node:fs/promises';
import { schemaDefinitions } from './src/definitions.ts';
import { printTypes } from './src/print-types.ts';

await writeFile(new URL('src/types.generated.ts', import.meta.url), printTypes(schemaDefinitions));
