import { Composer, type Document, Lexer, type LineCounter, Parser, parseAllDocuments } from 'yaml';

/**
 * Reads all documents of a text, their errors included, with YAML's failsafe schema: every scalar is the text that
 * stands there. What the specification refuses and every reader in Kubernetes takes is read as they do.
 */
export function readDocuments(text: string, lineCounter: LineCounter): Document.Parsed[] {
  const options = { schema: 'failsafe', keepSourceTokens: true, prettyErrors: false, lineCounter } as const;
  const strict = [...parseAllDocuments(text, options)];
  if (strict.every(({ errors }) => errors.length === 0) || !/["']/.test(text)) return strict;
  const lenient = [...new Composer(options).compose(tokensOf(text))];
  return lenient.every(({ errors }) => errors.length === 0) ? lenient : strict;
}

/**
 * Lines of a quoted scalar have to be moved in further than what it belongs to (YAML 1.2.2, section 7.3). libyaml and
 * go-yaml do not ask for that, and manifests with `args: ["` and the closing quote back at the start are common. The lexer
 * has no option for it, so that its idea of the indentation is taken away while it is inside quotes.
 */
function* tokensOf(text: string) {
  const [lexer, parser] = [new Lexer(), new Parser()];
  const inQuotes: unknown = Reflect.get(lexer, 'parseQuotedScalar');
  if (typeof inQuotes === 'function') {
    Reflect.set(lexer, 'parseQuotedScalar', function* lenient(): Generator<string, unknown, unknown> {
      const indentation: unknown = Reflect.get(lexer, 'indentNext');
      Reflect.set(lexer, 'indentNext', 0);
      const next: unknown = yield* inQuotes.call(lexer);
      Reflect.set(lexer, 'indentNext', indentation);
      return next;
    });
  }
  for (const lexeme of lexer.lex(text)) yield* parser.next(lexeme);
  yield* parser.end();
}
