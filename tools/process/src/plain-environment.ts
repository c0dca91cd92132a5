/** Variables without which programs cannot find each other or the system's certificates. Never credentials. */
const inheritedNames = ['PATH', 'HOME', 'TMPDIR', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO', 'GIT_EXEC_PATH'];

/** The part of this process's environment that a child may see, in the C locale so that output is stable. */
export function plainEnvironment(from: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const inherited = inheritedNames.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]] as const]));
  return { ...Object.fromEntries(inherited), LC_ALL: 'C' };
}
