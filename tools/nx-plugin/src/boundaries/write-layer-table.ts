import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layerTable, withSection } from './layer-table.ts';
import type { Workspace } from './read-workspace.ts';

/** Where the table stands, relative to the repository. */
export const architecturePage = 'docs/contributing/architecture.md';

/** The architecture page as it is and as it should be. */
export async function architectureNow(folder: string, { rooms }: Workspace): Promise<{ is: string; should: string }> {
  const stories = Object.entries(rooms).map(([room, { description }]) => [room, description]);
  const is = await readFile(join(folder, architecturePage), 'utf8');
  return { is, should: withSection(is, 'layers', layerTable(Object.fromEntries(stories))) };
}

/** Prints the table into the page. */
export async function writeLayerTable(folder: string, workspace: Workspace): Promise<void> {
  const { is, should } = await architectureNow(folder, workspace);
  if (is !== should) await writeFile(join(folder, architecturePage), should);
}
