/**
 * Text as lines of a job log. The runner carries out lines that look like a workflow command, and what a step tells may
 * come from anybody: a log of a build, the subject of a commit. Such text is told while commands are stopped, under a
 * name that nobody can guess ("Stopping and starting workflow commands").
 */
export function plainText(text: string): string {
  if (!looksLikeCommand.test(text)) return text;
  const name = globalThis.crypto.randomUUID();
  return `::stop-commands::${name}\n${text}\n::${name}::`;
}

/** The runner looks for `::` at the beginning of a line, and for `##[` anywhere in it. */
const looksLikeCommand = /^\s*::|##\[/m;

/** Text between tags: of a job summary, which is Markdown with HTML. */
export function htmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
