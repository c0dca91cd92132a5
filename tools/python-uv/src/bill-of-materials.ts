import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildPlace } from './place.ts';
import type { UvRelease } from './uv-release.ts';

/** One installed thing. */
interface Component {
  type: 'library' | 'application';
  name: string;
  version: string;
  purl: string;
  'bom-ref': string;
  licenses?: { expression: string }[];
}

/**
 * Says what is in the layers, in CycloneDX 1.5: of packages what was installed, and not what was locked. It has neither a
 * date nor a number of its own, so that the same image has the same one.
 */
export async function writeBillsOfMaterials(venv: string, uv: UvRelease, place: BuildPlace): Promise<number> {
  const packages = await installedPackages(venv);
  const uvItself = component('application', 'uv', uv.version, `pkg:github/astral-sh/uv@${uv.version}`);
  await writeFile(join(place.layers, 'venv.sbom.cdx.json'), document(packages));
  await writeFile(join(place.layers, 'uv.sbom.cdx.json'), document([uvItself]));
  return packages.length;
}

async function installedPackages(venv: string): Promise<Component[]> {
  const entries = await readdir(join(venv, 'lib'), { recursive: true });
  const paths = entries.filter((path) => /^python[^/]+\/site-packages\/[^/]+\.dist-info\/METADATA$/.test(path)).sort();
  const packages = await Promise.all(
    paths.map(async (path) => packageOf(await readFile(join(venv, 'lib', path), 'utf8'))),
  );
  return packages.filter((each) => each !== undefined);
}

/** @param metadata core metadata of Python packages: mail headers, an empty line, a description */
function packageOf(metadata: string): Component | undefined {
  const [headers = ''] = metadata.replaceAll('\r\n', '\n').split('\n\n');
  const header = (name: string): string => new RegExp(`^${name}: *(.*)$`, 'm').exec(headers)?.[1]?.trim() ?? '';
  const [name, version, license] = [header('Name'), header('Version'), header('License-Expression')];
  if (name === '' || version === '') return undefined;
  const normal = name.toLowerCase().replaceAll(/[-_.]+/g, '-');
  const found = component('library', name, version, `pkg:pypi/${normal}@${encodeURIComponent(version)}`);
  return license === '' ? found : { ...found, licenses: [{ expression: license }] };
}

function component(type: Component['type'], name: string, version: string, purl: string): Component {
  return { type, name, version, purl, 'bom-ref': purl };
}

function document(components: readonly Component[]): string {
  const bom = { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, components };
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}
