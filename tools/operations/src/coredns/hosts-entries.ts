import { StepError } from '@luban-ci/core';
import { type CorefileBlock, hostsPluginIn, rootBlocksOf, tokensOf } from './corefile.ts';

/** Names that stand for one address. */
export interface HostNames {
  address: string;
  names: readonly string[];
}

/** Data of the ConfigMap of CoreDNS, as far as hosts stand in it. */
export interface CorednsData {
  Corefile: string;
  /** Beside it in k3s: lines of a hosts file. */
  NodeHosts?: string | undefined;
}

/**
 * The same data, with these names at this address and at no other: in NodeHosts, where CoreDNS reads it, else in every block of the
 * Corefile for the root zone. Everything else stays, and what is as it should be is returned as it is.
 *
 * @throws StepError when the Corefile has no block for the root zone, or its hosts are for some zones alone
 */
export function withHosts(data: CorednsData, wanted: HostNames): CorednsData {
  const readsNodeHosts = /^\s*hosts\s+\S*NodeHosts\b/m.test(data.Corefile);
  if (data.NodeHosts !== undefined && readsNodeHosts) {
    return { ...data, NodeHosts: withLines(data.NodeHosts, wanted) };
  }
  return { ...data, Corefile: withPlugin(data.Corefile, wanted) };
}

function withLines(text: string, wanted: HostNames): string {
  const lines = text.split('\n');
  if (isSettled(lines, wanted)) return text;
  const [kept, end] = [lines.flatMap((line) => without(line, wanted.names)), text.endsWith('\n') ? [''] : []];
  const others = end.length === 0 ? kept : kept.slice(0, -1);
  return [...others.filter((line, index) => line !== '' || index < others.length - 1), entry(wanted), ...end].join(
    '\n',
  );
}

function withPlugin(corefile: string, wanted: HostNames): string {
  const lines = corefile.split('\n');
  const blocks = rootBlocksOf(lines);
  if (blocks.length === 0) {
    throw new StepError('The Corefile has no block for the root zone', {
      hint: 'A block ".:53 { … }" is where names without a zone of their own are looked up.',
    });
  }
  // From the end, so that the places of the blocks before stay true.
  return blocks
    .toReversed()
    .reduce((current, block) => withBlock(current, block, wanted), lines)
    .join('\n');
}

function withBlock(lines: string[], block: CorefileBlock, wanted: HostNames): string[] {
  const plugin = hostsPluginIn(lines, block);
  const indent = indentOf(lines, block);
  if (plugin === undefined) {
    const added = [
      `${indent}hosts {`,
      `${indent}${indent}${entry(wanted)}`,
      `${indent}${indent}fallthrough`,
      `${indent}}`,
    ];
    return lines.toSpliced(block.first + 1, 0, ...added);
  }
  if (plugin.zones.length > 0) {
    throw new StepError(`The plugin hosts of the Corefile is for ${plugin.zones.join(', ')} alone`, {
      hint: 'Take the zones away, or put the names where they are looked up.',
    });
  }
  const own = `${indent}${indent}${entry(wanted)}`;
  if (plugin.last === undefined) {
    const opened = `${lines[plugin.first]?.trimEnd()} {`;
    return lines.toSpliced(plugin.first, 1, opened, own, `${indent}}`);
  }
  const inside = lines.slice(plugin.first + 1, plugin.last);
  if (isSettled(inside, wanted)) return lines;
  const kept = inside.flatMap((line) => without(line, wanted.names));
  return lines.toSpliced(plugin.first + 1, inside.length, own, ...kept);
}

/** Whether every name stands at the address, and at no other. */
function isSettled(lines: readonly string[], { address, names }: HostNames): boolean {
  const found = lines.flatMap((line) => {
    const [at = '', ...hosts] = tokensOf(line);
    return isAddress(at) ? hosts.map((name) => ({ at, name })) : [];
  });
  return names.every((name) => {
    const places = found.filter((each) => each.name === name).map(({ at }) => at);
    return places.length > 0 && places.every((at) => at === address);
  });
}

/** The line without these names; no line where nothing else stood. */
function without(line: string, names: readonly string[]): string[] {
  const [address = '', ...hosts] = tokensOf(line);
  const left = hosts.filter((host) => !names.includes(host));
  if (!isAddress(address) || left.length === hosts.length) return [line];
  const [, indent = '', comment = ''] = /^(\s*)[^#]*(#.*)?$/.exec(line) ?? [];
  return left.length === 0 ? [] : [`${indent}${[address, ...left, comment].filter(Boolean).join(' ')}`];
}

function isAddress(text: string): boolean {
  return /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]*)$/i.test(text);
}

function entry({ address, names }: HostNames): string {
  return [address, ...names].join(' ');
}

/** As the block has it; four blanks in an empty one. */
function indentOf(lines: readonly string[], { first, last }: CorefileBlock): string {
  const inside = lines.slice(first + 1, last).find((line) => tokensOf(line).length > 0);
  return /^\s+/.exec(inside ?? '')?.[0] ?? '    ';
}
