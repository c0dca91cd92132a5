import { createHash } from 'node:crypto';
import { createServer } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type LoopbackServer, loopbackServer } from '@luban-ci/testing';
import { pack } from 'tar-stream';

/** Serves releases of uv under the paths of the published ones; every version of it holds the same program. */
export interface ReleaseServer extends LoopbackServer {
  /** Takes the place of the stand-in. */
  serve(program: Uint8Array): Promise<void>;
  /** The only login it takes; undefined asks for none. */
  login: string | undefined;
  /** What a checksum file says, where that is to be wrong. */
  checksum: string | undefined;
}

/**
 * Stands in for uv: writes down what it is asked, with the variables that are uv's, and leaves a virtual environment as
 * uv does, with one package, and a `dbt` when the application has a folder `with-dbt`.
 */
const standIn = `#!/bin/sh
set -eu
echo "$*" >> "$TOLD"
[ "$1" = sync ] || exit 0
env | grep -E '^(UV_|SSL_CERT_FILE|NETRC)' | sort > "$TOLD.env"
[ -z "\${NETRC:-}" ] || cp "$NETRC" "$TOLD.netrc"
cp "$SSL_CERT_FILE" "$TOLD.certificates"
packages=$UV_PROJECT_ENVIRONMENT/lib/python3.13/site-packages
mkdir -p "$UV_PROJECT_ENVIRONMENT/bin" "$packages/Price_Rules-1.2.0.dist-info" "$UV_PYTHON_INSTALL_DIR/cpython-3.13.1/bin" "$UV_PYTHON_INSTALL_DIR/cpython-3.9.1"
printf 'Metadata-Version: 2.4\\nName: Price_Rules\\nVersion: 1.2.0\\nLicense-Expression: Apache-2.0\\n\\nName: not this\\n' > "$packages/Price_Rules-1.2.0.dist-info/METADATA"
touch "$UV_PYTHON_INSTALL_DIR/cpython-3.13.1/bin/python3.13"
ln -sf "$UV_PYTHON_INSTALL_DIR/cpython-3.13.1/bin/python3.13" "$UV_PROJECT_ENVIRONMENT/bin/python"
ln -sfn cpython-3.13.1 "$UV_PYTHON_INSTALL_DIR/cpython-3.13"
[ ! -e with-dbt ] || cp with-dbt "$UV_PROJECT_ENVIRONMENT/bin/dbt"
`;

export async function releaseServer(): Promise<ReleaseServer> {
  const state = { archives: new Map<string, Buffer>() };
  const server = await loopbackServer(({ path, headers }, response) => {
    const [, version = '', file = ''] = path.split('/');
    const archive = state.archives.get(file.replace(/\.sha256$/, ''));
    const expected = releases.login === undefined ? undefined : basic(releases.login);
    if (headers.authorization !== expected) response.writeHead(401).end();
    else if (archive === undefined || version === '') response.writeHead(404).end();
    else if (!file.endsWith('.sha256')) response.end(archive);
    else response.end(`${releases.checksum ?? sha256(archive)} *${file.replace(/\.sha256$/, '')}\n`);
  });
  const releases: ReleaseServer = {
    ...server,
    login: undefined,
    checksum: undefined,
    serve: async (program) => {
      for (const target of ['x86_64-unknown-linux-musl', 'aarch64-unknown-linux-musl']) {
        state.archives.set(`uv-${target}.tar.gz`, await archiveOf(`uv-${target}/uv`, program));
      }
    },
  };
  await releases.serve(Buffer.from(standIn));
  return releases;
}

/** The same releases by TLS: what it is asked, it asks of those. */
export async function overTls(releases: ReleaseServer, identity: { certificate: string; key: string }) {
  const server = createServer({ cert: identity.certificate, key: identity.key }, (request, response) => {
    fetch(`${releases.url}${request.url}`)
      .then(async (answer) => response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer())))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function archiveOf(name: string, content: Uint8Array): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name: 'uv-other/uvx' }, 'another program');
  archive.entry({ name, mode: 0o755 }, Buffer.from(content));
  archive.finalize();
  return gzipSync(await buffer(archive), { level: 1 });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function basic(login: string): string {
  return `Basic ${Buffer.from(login).toString('base64')}`;
}
