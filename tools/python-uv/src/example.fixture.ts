import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasProgram } from '@luban-ci/testing';
import type { BuildWorld, TestPlace } from './build-place.fixture.ts';

const example = fileURLToPath(new URL('../../../examples/cart-service', import.meta.url));

/** The example, built by the backend that is part of uv, so that no package index is asked; it says which packages it has. */
export async function placeOfExample(world: BuildWorld): Promise<TestPlace> {
  const pyproject = await readFile(join(example, 'pyproject.toml'), 'utf8');
  const wheel = 'wheels/price_rules-1.2.0-py3-none-any.whl';
  const place = await world.place({
    '.uv-version': '9.9.9',
    'pyproject.toml': pyproject
      .replaceAll('hatchling.build', 'uv_build')
      .replace('"hatchling"', '"uv_build>=0.12,<0.13"'),
    'uv.lock': await readFile(join(example, 'uv.lock'), 'utf8'),
    'README.md': '',
    'src/cart_service/__init__.py': '',
    'src/cart_service/main.py':
      'def start():\n    import price_rules, sys\n    print("prices by", price_rules.__name__, sys.prefix)\n',
    [wheel]: '',
  });
  await writeFile(join(place.app, wheel), await readFile(join(example, wheel)));
  return place;
}

/** Where a program of this machine is. */
export function programPath(name: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return join(folders.find((folder) => hasProgram(name, folder)) ?? '', name);
}
