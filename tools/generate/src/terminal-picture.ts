/** How a terminal shows a run of characters. */
interface Style {
  colour: string;
  bold: boolean;
}

const plain: Style = { colour: '#d4d4d4', bold: false };
const colours: Record<string, string> = {
  '2': '#7f848e',
  '31': '#e06c75',
  '32': '#98c379',
  '33': '#e5c07b',
  '36': '#56b6c2',
};

/** SGR: escape, `[`, numbers, `m`; splitting by it leaves the numbers at every second place. */
const colourSequence = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`);

const lineHeight = 18;
const characterWidth = 8.05;
const margin = 20;

/**
 * Draws what a program wrote to a terminal as an SVG picture: text stays text, so that it can be searched and read aloud.
 * Understands colours and bold (SGR sequences), which is all that our programs use.
 */
export function terminalPicture(title: string, transcript: string): string {
  const lines = transcript.trimEnd().split('\n').map(spansOf);
  const columns = Math.max(...lines.map((spans) => spans.reduce((sum, { text }) => sum + text.length, 0)), 60);
  const width = Math.ceil(columns * characterWidth) + 2 * margin;
  const height = (lines.length + 2) * lineHeight + 2 * margin;
  const rows = lines.map((spans, row) => textAt(spans, margin + (row + 2.4) * lineHeight)).join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title).replaceAll('\u00a0', ' ')}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="#1e2127"/>`,
    ...['#e06c75', '#e5c07b', '#98c379'].map(
      (fill, at) => `<circle cx="${margin + at * 18}" cy="${margin}" r="6" fill="${fill}"/>`,
    ),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13">`,
    rows,
    '</g></svg>\n',
  ].join('\n');
}

interface Span extends Style {
  text: string;
}

function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  let style = plain;
  for (const [index, part] of line.split(colourSequence).entries()) {
    const codes = index % 2 === 1 ? part : undefined;
    if (codes !== undefined) style = codes.split(';').reduce(styled, style);
    if (codes === undefined && part !== '') spans.push({ ...style, text: part });
  }
  return spans;
}

function styled(style: Style, code: string): Style {
  if (code === '1') return { ...style, bold: true };
  if (code === '22') return { ...plain, colour: style.colour === colours['2'] ? plain.colour : style.colour };
  const colour = colours[code];
  return colour === undefined ? { ...style, colour: plain.colour } : { ...style, colour };
}

function textAt(spans: readonly Span[], y: number): string {
  const parts = spans.map(
    ({ text, colour, bold }) => `<tspan fill="${colour}"${bold ? ' font-weight="bold"' : ''}>${escaped(text)}</tspan>`,
  );
  return parts.length === 0 ? '' : `<text x="${margin}" y="${y.toFixed(1)}">${parts.join('')}</text>\n`;
}

/** Spaces that do not collapse, wherever the picture is shown. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');
}
