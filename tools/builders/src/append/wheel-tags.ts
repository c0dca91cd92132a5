import { machineOf, type PythonTarget } from './target.ts';

/** A wheel's file name in parts: `<name>-<version>[-<build>]-<python>-<abi>-<platform>.whl` (PEP 427). */
export interface WheelName {
  file: string;
  pythons: string[];
  abis: string[];
  platforms: string[];
}

export function parseWheelName(file: string): WheelName | undefined {
  const parts = file.replace(/\.whl$/, '').split('-');
  if (!file.endsWith('.whl') || (parts.length !== 5 && parts.length !== 6)) return undefined;
  const [pythons = '', abis = '', platforms = ''] = parts.slice(-3);
  return { file, pythons: pythons.split('.'), abis: abis.split('.'), platforms: platforms.split('.') };
}

/**
 * How well a wheel fits, smaller is better; `undefined` when it does not run there. A wheel for exactly this Python comes
 * before one for the stable ABI, before pure Python; a newer platform tag before an older one (PEP 425, PEP 600, PEP 656).
 */
export function rankOf(wheel: WheelName, target: PythonTarget): number | undefined {
  const interpreters = interpreterTags(target.version);
  const platforms = platformTags(target);
  const ranks = wheel.pythons.flatMap((python) =>
    wheel.abis.flatMap((abi) =>
      wheel.platforms.map((platform) => rank(interpreters.indexOf(`${python}-${abi}`), platforms.indexOf(platform))),
    ),
  );
  const fitting = ranks.filter((each) => each !== undefined);
  return fitting.length === 0 ? undefined : Math.min(...fitting);
}

function rank(interpreter: number, platform: number): number | undefined {
  return interpreter === -1 || platform === -1 ? undefined : interpreter * 1000 + platform;
}

function interpreterTags(version: string): string[] {
  const [major = 3, minor = 0] = version.split('.').map(Number);
  const own = `cp${major}${minor}`;
  const older = Array.from({ length: minor }, (_, index) => minor - 1 - index);
  const stable = older.filter((each) => each >= 2).map((each) => `cp${major}${each}-abi3`);
  const generic = [`py${major}${minor}-none`, `py${major}-none`, ...older.map((each) => `py${major}${each}-none`)];
  return [`${own}-${own}`, `${own}-abi3`, `${own}-none`, ...stable, ...generic];
}

/** Other names of the first manylinux tags (PEP 600). */
const legacyManylinux: Record<string, string> = {
  '2_17': 'manylinux2014',
  '2_12': 'manylinux2010',
  '2_5': 'manylinux1',
};

function platformTags(target: PythonTarget): string[] {
  const machine = machineOf(target.platform);
  const { kind, major, minor } = target.libc;
  const minors = Array.from({ length: minor + 1 }, (_, index) => minor - index);
  const libcTags = minors.flatMap((each) => {
    if (kind === 'musl') return [`musllinux_${major}_${each}_${machine}`];
    const legacy = legacyManylinux[`${major}_${each}`];
    return [`manylinux_${major}_${each}_${machine}`, ...(legacy === undefined ? [] : [`${legacy}_${machine}`])];
  });
  return [...libcTags, `linux_${machine}`, 'any'];
}
