import { devRow, layers, sameRow } from './layers.ts';

/** The table of the architecture page; `stories` says of each room what lives there. */
export function layerTable(stories: Readonly<Record<string, string>>): string {
  const rows = Object.entries({ ...layers, dev: devRow }).flatMap(([layer, rooms]: [string, readonly string[]]) =>
    rooms.map((room) => `| ${layer} | \`${room}\` | ${neighbours(room)} | ${stories[room] ?? ''} |`),
  );
  return ['| layer | package | of its own row | what lives there |', '|---|---|---|---|', ...rows].join('\n');
}

function neighbours(room: string): string {
  return (sameRow[room] ?? []).map((each) => `\`${each}\``).join(' ');
}

/** The page with `text` between the markers of that name. @throws Error when the page has no such markers */
export function withSection(page: string, name: string, text: string): string {
  const [before, after] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [from, to] = [page.indexOf(before), page.indexOf(after)];
  if (from === -1 || to === -1)
    throw new Error(`the page has no place for ${name}: <!-- ${name} --> … <!-- /${name} -->`);
  return `${page.slice(0, from + before.length)}${text}${page.slice(to)}`;
}
