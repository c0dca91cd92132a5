/**
 * Puts generated text between `<!-- name -->` and `<!-- /name -->` of a page that people write.
 *
 * @throws Error when the page has no such section
 */
export function withSection(page: string, name: string, text: string, where: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [page.indexOf(open), page.indexOf(close)];
  if (start === -1 || end < start) throw new Error(`${where} has no section ${open} … ${close}`);
  return `${page.slice(0, start + open.length)}\n${text}${page.slice(end)}`;
}
