import { type Catalog, emptyCatalog, joinCatalogs, readCatalog } from '@luban-ci/argo-local';
import {
  type CronWorkflow,
  isManifestKind,
  type ManifestReader,
  type Template,
  type WorkflowSpec,
} from '@luban-ci/argo-workflows-schema';
import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml';
import type { Finding } from './finding.ts';
import type { RuleId } from './rule-reasons.ts';

/** A file to check, with the name that findings give it. */
export interface LintFile {
  file: string;
  text: string;
}

/** One document of a file. */
export interface LintDocument {
  file: string;
  kind: string;
  name: string;
  value: unknown;
  lineOf(path: readonly (string | number)[]): number | undefined;
}

/** A place in a document, for findings. */
export interface Place {
  document: LintDocument;
  path: readonly (string | number)[];
}

export interface Documents {
  all: LintDocument[];
  catalog: Catalog;
  cronWorkflows: CronWorkflow[];
  /** Where a template stands; the keys are the very objects that a reference resolves to. */
  places: ReadonlyMap<Template, Place>;
  /** What could not even be read. */
  findings: Finding[];
}

/** Reads all documents and checks their shape; what fails is reported and takes no further part. */
export function readDocuments(files: readonly LintFile[], reader: ManifestReader): Documents {
  const findings: Finding[] = [];
  const all: LintDocument[] = [];
  const places = new Map<Template, Place>();
  const catalogs: Catalog[] = [];
  const cronWorkflows: CronWorkflow[] = [];
  for (const { file, text } of files) {
    for (const document of parse(file, text, findings)) {
      const problems = isManifestKind(document.kind) ? reader.problemsOf(document.value) : [];
      findings.push(...problems.map(({ path, message }) => findingAt({ document, path }, 'schema', message)));
      if (problems.length > 0) continue;
      const catalog = readCatalog(JSON.stringify(document.value), file, reader);
      all.push(document);
      if (document.kind === 'CronWorkflow') cronWorkflows.push(reader.read(document.value, file, 'CronWorkflow'));
      catalogs.push(catalog);
      for (const [template, index] of templatesOf(catalog)) {
        places.set(template, { document, path: ['spec', 'templates', index] });
      }
    }
  }
  return { all, catalog: joinCatalogs(emptyCatalog, ...catalogs), cronWorkflows, places, findings };
}

export function findingAt({ document, path }: Place, rule: RuleId, message: string): Finding {
  const line = document.lineOf(path);
  const shown = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return {
    file: document.file,
    ...(line === undefined ? {} : { line }),
    path: shown.replace(/^\./, ''),
    rule,
    message,
  };
}

/** A place below another one. */
export function below({ document, path }: Place, ...more: readonly (string | number)[]): Place {
  return { document, path: [...path, ...more] };
}

function parse(file: string, text: string, findings: Finding[]): LintDocument[] {
  const lines = new LineCounter();
  return [...parseAllDocuments(text, { lineCounter: lines })].flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) {
      const { line } = lines.linePos(error.pos[0]);
      findings.push({ file, line, path: '', rule: 'yaml', message: error.message.split('\n')[0] ?? 'syntax error' });
      return [];
    }
    const value: unknown = document.toJS();
    return typeof value === 'object' && value !== null ? [lintDocument(file, value, document, lines)] : [];
  });
}

function lintDocument(file: string, value: object, document: Document.Parsed, lines: LineCounter): LintDocument {
  const kind = 'kind' in value && typeof value.kind === 'string' ? value.kind : '';
  const metadata = document.getIn(['metadata', 'name']) ?? document.getIn(['metadata', 'generateName']);
  return {
    ...{ file, kind, value },
    name: typeof metadata === 'string' ? metadata : '',
    lineOf: (path) => {
      const node = document.getIn(path, true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      return undefined;
    },
  };
}

function templatesOf(catalog: Catalog): [Template, number][] {
  const specs: WorkflowSpec[] = [
    ...catalog.workflows,
    ...catalog.workflowTemplates,
    ...catalog.clusterWorkflowTemplates,
  ].map((each) => each.spec);
  return specs.flatMap((spec) =>
    (spec.templates ?? []).map((template, index): [Template, number] => [template, index]),
  );
}
