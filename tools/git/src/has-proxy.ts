/**
 * Whether a server is reached through a proxy, by the variables that curl, and so git, goes by. An entry of `no_proxy`
 * that is no name of a host or a domain counts as not meant: git then decides for itself.
 */
export function hasProxy(environment: Readonly<Record<string, string>>, { protocol, hostname }: URL): boolean {
  const named = (name: string): string => environment[name] ?? environment[name.toUpperCase()] ?? '';
  // curl reads `http_proxy` in small letters alone; whoever set the other one meant the same
  const proxy = named(`${protocol.slice(0, -1)}_proxy`) || named('all_proxy');
  const host = hostname.toLowerCase();
  const isExcepted = (entry: string): boolean => {
    const domain = entry.trim().toLowerCase().replace(/^\./, '');
    return domain === '*' || (domain !== '' && (host === domain || host.endsWith(`.${domain}`)));
  };
  return proxy !== '' && !named('no_proxy').split(',').some(isExcepted);
}
