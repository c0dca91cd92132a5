/** The text with its body cut to what the forge takes; the end says so. */
export function fitting<T extends { body: string }>(text: T, limit: number): T {
  const end = '\n…';
  return text.body.length <= limit ? text : { ...text, body: `${text.body.slice(0, limit - end.length)}${end}` };
}
