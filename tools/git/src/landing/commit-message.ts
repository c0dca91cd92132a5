/** Facts about a commit for people and for `git log`, one trailer each. */
export interface CommitTrailers {
  /** Images with their versions: `registry.example/team/app:v1@sha256:…`. */
  images?: readonly string[] | undefined;
  sourceRepository?: string | undefined;
  sourceCommit?: string | undefined;
  run?: string | undefined;
  requestedBy?: string | undefined;
  promotedFrom?: string | undefined;
  order?: string | undefined;
  key?: string | undefined;
  /** Of the intent that another writer landed. */
  intent?: string | undefined;
}

/** A commit message with its trailers as the last paragraph; values are put on one line. */
export function commitMessage(message: string, trailers: CommitTrailers): string {
  const lines = [
    ...(trailers.images ?? []).map((image) => ['Luban-Image', image] as const),
    ['Luban-Source-Repository', trailers.sourceRepository] as const,
    ['Luban-Source-Commit', trailers.sourceCommit] as const,
    ['Luban-Promoted-From', trailers.promotedFrom] as const,
    ['Luban-Order', trailers.order] as const,
    ['Luban-Requested-By', trailers.requestedBy] as const,
    ['Luban-Run', trailers.run] as const,
    ['Luban-Key', trailers.key] as const,
    ['Luban-Intent', trailers.intent] as const,
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${oneLine(value)}`]));
  const text = message.replaceAll('\0', '').replaceAll('\r\n', '\n').trim();
  return lines.length === 0 ? `${text}\n` : `${text}\n\n${lines.join('\n')}\n`;
}

/** Line breaks and other controls would start a trailer of somebody else's making. */
export function oneLine(value: string): string {
  return value.replace(/[^ -~\u{a0}-\u{2027}\u{202a}-\u{10ffff}]+/gu, ' ').trim();
}
