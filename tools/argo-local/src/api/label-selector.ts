/** Whether labels fit a selector of the kinds `a=b`, `a==b`, `a!=b`, `a` and `!a`, joined by commas. */
export function matchesSelector(labels: Readonly<Record<string, string>>, selector: string): boolean {
  return selector
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .every((part) => matchesPart(labels, part));
}

function matchesPart(labels: Readonly<Record<string, string>>, part: string): boolean {
  const [, name = '', operator = '', value = ''] = /^([^=!]+)(==?|!=)(.*)$/.exec(part) ?? [];
  if (operator === '!=') return labels[name] !== value;
  if (operator !== '') return labels[name] === value;
  return part.startsWith('!') ? !(part.slice(1) in labels) : part in labels;
}
