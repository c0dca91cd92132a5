import { fileURLToPath } from 'node:url';
import { readWorkspace } from './boundaries/read-workspace.ts';
import { writeLayerTable } from './boundaries/write-layer-table.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

await writeLayerTable(root, await readWorkspace(root));
