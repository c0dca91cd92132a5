import { StepError } from '@luban-ci/core';
import { type Alias, type Document, isAlias, isCollection, isMap, isScalar, isSeq, type Node } from 'yaml';
import { childOf, lineOf, type YamlFile, type YamlPath } from './yaml-file.ts';

/** Where a path leads once aliases are followed. */
export interface Reached {
  node: Node | undefined;
  /** Where that node is written; differs from the path where an alias stood on the way. */
  path: YamlPath;
  /** The aliases that were followed, and where each is written. */
  through: { alias: Alias; path: YamlPath }[];
}

/** The anchors of a document, and who refers to them. */
export interface SharedNodes {
  reach(path: YamlPath): Reached;
  /** Where else the node at a path can be read: the same place through each alias of something that it is in. */
  otherPathsTo(path: YamlPath): YamlPath[];
}

interface Uses {
  /** Where nodes with an anchor are written. */
  anchored: Map<Node, YamlPath>;
  aliases: Map<Alias, { path: YamlPath; target: Node | undefined }>;
}

export function sharedNodesOf(yaml: YamlFile, document: number): SharedNodes {
  const uses: Uses = { anchored: new Map(), aliases: new Map() };
  const parsed = yaml.documents[document];
  const root = parsed?.contents ?? undefined;
  if (yaml.text.includes('*') && parsed !== undefined) collect(parsed, root, [], uses);
  const reach = (path: YamlPath): Reached => {
    let at = follow({ node: root, path: [], through: [] }, uses);
    for (const step of path) {
      at = follow({ node: childOf(at.node, step), path: [...at.path, step], through: at.through }, uses);
    }
    return at;
  };
  const otherPathsTo = (path: YamlPath): YamlPath[] =>
    [...path, ''].flatMap((_, length) => {
      const { node } = reach(path.slice(0, length));
      const referring = [...uses.aliases.values()].filter(({ target }) => node !== undefined && target === node);
      return referring.map((use) => [...use.path, ...path.slice(length)]);
    });
  return { reach, otherPathsTo };
}

/** Refuses an edit that would change other places too, naming the file, the line and the anchor. */
export function sharedError(yaml: YamlFile, node: Node | undefined, anchor: string): StepError {
  const line = lineOf(yaml, node?.range?.[0] ?? 0);
  return new StepError(
    `${yaml.file}:${line} cannot be edited: it is shared with other places through the anchor &${anchor}`,
    { hint: 'Write the value out where it has to differ, then run again.' },
  );
}

function follow(at: Reached, uses: Uses): Reached {
  if (!isAlias(at.node)) return at;
  const target = uses.aliases.get(at.node)?.target;
  const through = [...at.through, { alias: at.node, path: at.path }];
  return { node: target, path: (target && uses.anchored.get(target)) ?? at.path, through };
}

/** An alias or an anchor that is part of a key gets a path that nothing else has. */
function collect(document: Document, node: unknown, path: YamlPath, uses: Uses): void {
  if (isAlias(node)) uses.aliases.set(node, { path, target: node.resolve(document) });
  if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) uses.anchored.set(node, path);
  if (isSeq(node)) for (const [at, item] of node.items.entries()) collect(document, item, [...path, at], uses);
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    collect(document, key, [...path, -1], uses);
    collect(document, value, [...path, isScalar(key) ? String(key.value) : -1], uses);
  }
}
