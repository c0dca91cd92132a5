/** From top to bottom: a row may use every row below it, and of its own row what stands in `sameRow`. */
export const layers = {
  app: ['gitops-utils', 'python-uv'],
  host: ['hosts', 'argo-local', 'playground'],
  step: ['steps'],
  lib: [
    'git',
    'edits',
    'images',
    'builders',
    'forge',
    'harbor',
    'kube',
    'argocd',
    'argo-workflows-schema',
    'scaffold',
    'conventions',
  ],
  base: ['core', 'process', 'yaml-text'],
} as const satisfies Record<string, readonly string[]>;

/** May use everything; nothing but a test uses it. */
export const devRow = [
  'workflow-lint',
  'testing',
  'generate',
  'bundle',
  'stack',
  'operations',
  'nx-plugin',
  'bench',
] as const;

/** Who may use which room of the same row. */
export const sameRow: Readonly<Record<string, readonly string[]>> = {
  builders: ['images', 'kube'],
  git: ['edits'],
  kube: ['edits'],
  process: ['core'],
  'yaml-text': ['core'],
};

/** Packages from npm that only one place may import; `place` is a path's beginning. */
export const boughtFor: readonly { packages: RegExp; place: string }[] = [
  { packages: /^@actions\//, place: 'tools/hosts/src/github-action/' },
  { packages: /^@kubernetes\/client-node$/, place: 'tools/kube/' },
  { packages: /^zx(\/|$)/, place: 'tools/process/' },
];

const rows: readonly (readonly string[])[] = Object.values(layers);

/** Rooms that a room may use: those of its row that are named, and all below. Undefined for a room nobody knows. */
export function roomsBelow(room: string): readonly string[] | undefined {
  if (devRow.some((each) => each === room)) return [...rows.flat(), ...devRow];
  const row = rows.findIndex((each) => each.includes(room));
  return row === -1 ? undefined : [...(sameRow[room] ?? []), ...rows.slice(row + 1).flat()];
}
