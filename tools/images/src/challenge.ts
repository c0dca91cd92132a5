/** What a registry asks for in `WWW-Authenticate`. */
export interface Challenge {
  /** Lower-case: `bearer` or `basic`. */
  scheme: string;
  /** Lower-case names: `realm`, `service`, `scope`. */
  parameters: Record<string, string>;
}

/** Reads a `WWW-Authenticate` header (RFC 9110, section 11.6.1), which may hold several challenges. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  const token = /\s*,?\s*(?:([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([\w-]+)(?=\s|$|,))/y;
  for (let match = token.exec(header); match !== null; match = token.exec(header)) {
    const [, name, quoted, plain, scheme] = match;
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
    const current = challenges.at(-1);
    if (name !== undefined && current !== undefined) {
      current.parameters[name.toLowerCase()] = quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '';
    }
  }
  return challenges;
}
