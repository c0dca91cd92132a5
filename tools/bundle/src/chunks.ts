/** What is put into one file, by the path of the module. The first that matches wins. */
interface Chunk {
  name: string;
  modules: RegExp;
}

/** A module of `tools/<package>/src/`. */
function ours(room: string, paths: string): string {
  return `/tools/${room}/src/${paths}`;
}

/** A module of an npm package. */
function bought(name: string): string {
  return `/node_modules/${name}/`;
}

function anyOf(...patterns: readonly string[]): RegExp {
  return new RegExp(patterns.join('|'));
}

/**
 * Every step needs these from its first moment on, and each file costs Node about a millisecond: so they are one file.
 * What only some steps need stays outside, and is loaded when they do.
 */
const base: Chunk = {
  name: 'base',
  modules: anyOf(
    bought('zod'),
    ours('core', ''),
    ours('hosts', '([^/]+|cli/log)\\.ts$'),
    ours('gitops-utils', 'commands/(explain|run-step)\\.ts$'),
    ours('steps', '(input-fields|inside-workspace|load-step|step-table\\.generated)\\.ts$'),
    ours('steps', 'capabilities/(capabilities|argocd|conventions|forge|git|kubernetes|registry)\\.ts$'),
    ours('conventions', '(builder-name|dns-label|git-provider)\\.ts$'),
    ours('edits', 'order-key\\.ts$'),
    ours('forge', '(azure-url|repository-url|url)\\.ts$'),
    ours('images', '(digest|reference|tag)\\.ts$'),
    ours('process', 'plain-environment\\.ts$'),
    '\\0lazy:',
  ),
};

/** Large things that several steps share. */
export const chunks: readonly Chunk[] = [
  base,
  { name: 'yaml', modules: anyOf(bought('yaml')) },
  { name: 'tar', modules: anyOf(bought('(b4a|events-universal|fast-fifo|streamx|tar-stream|text-decoder)')) },
  { name: 'kubernetes', modules: anyOf(bought('@kubernetes/client-node')) },
  { name: 'github', modules: anyOf(bought('@actions/core'), ours('hosts', 'github-action/')) },
  { name: 're2', modules: anyOf(bought('re2js')) },
  { name: 'zx', modules: anyOf(bought('zx'), ours('process', '(run|stream)-program\\.ts$')) },
  // edits take TOML from their first moment on; a builder that reads a lock file loads them along
  { name: 'edits', modules: anyOf(ours('edits', ''), ours('yaml-text', ''), bought('smol-toml')) },
  // not what starts programs, which is rare over HTTP
  { name: 'git', modules: anyOf(ours('git', '(?!ssh-state|stream-program)')) },
];
