/** A server block by its lines: the one that opens it, and the one that closes it. */
export interface CorefileBlock {
  first: number;
  last: number;
}

/** A plugin `hosts` of a block; without `last` it stands in one line. */
export interface HostsPlugin {
  first: number;
  last: number | undefined;
  /** Zones that it is for; none where it is for those of its block. */
  zones: string[];
}

/** Words of a line before its comment. A brace is one only as a word of its own (https://coredns.io/manual/configuration/). */
export function tokensOf(line: string): string[] {
  return line
    .replace(/(^|\s)#.*$/, '')
    .split(/\s+/)
    .filter(Boolean);
}

/** The server blocks that answer for the root zone, whatever port or protocol they have. */
export function rootBlocksOf(lines: readonly string[]): CorefileBlock[] {
  const blocks: CorefileBlock[] = [];
  let keys: string[] = [];
  let open: { first: number; isRoot: boolean } | undefined;
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    for (const token of tokensOf(line)) {
      if (token === '{' && depth++ === 0) open = { first: index, isRoot: keys.some(isRootKey) };
      else if (token === '}' && --depth === 0) {
        if (open?.isRoot) blocks.push({ first: open.first, last: index });
        keys = [];
      } else if (depth === 0 && token !== '}') keys.push(...token.split(',').filter(Boolean));
    }
  }
  return blocks;
}

export function hostsPluginIn(lines: readonly string[], { first, last }: CorefileBlock): HostsPlugin | undefined {
  let depth = 0;
  for (let index = first + 1; index < last; index += 1) {
    const tokens = tokensOf(lines[index] ?? '');
    if (depth === 0 && tokens[0] === 'hosts') return pluginAt(lines, index, tokens);
    depth += tokens.filter((token) => token === '{').length - tokens.filter((token) => token === '}').length;
  }
  return undefined;
}

/** `hosts [file [zone …]] { … }`: the first word that is not a brace is the file. */
function pluginAt(lines: readonly string[], first: number, tokens: readonly string[]): HostsPlugin {
  const [, ...zones] = tokens.slice(1).filter((token) => token !== '{');
  if (tokens.at(-1) !== '{') return { first, last: undefined, zones };
  const length = lines.slice(first + 1).findIndex((line) => tokensOf(line).includes('}'));
  return { first, last: first + 1 + length, zones };
}

/** `.`, `.:53`, `:53`, `dns://.:53`; a word in parentheses is the name of a snippet. */
function isRootKey(key: string): boolean {
  const zone = key.replace(/^[a-z+]+:\/\//, '').replace(/:\d+$/, '');
  return zone === '.' || zone === '';
}
