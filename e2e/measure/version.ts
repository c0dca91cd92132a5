import type { MeasuredPlace } from './place.ts';

/**
 * A developer pushes a version that has not been there before.
 *
 * @returns the version, which the application answers with once it runs
 */
export async function writeVersion(place: MeasuredPlace, app: string): Promise<string> {
  const version = `0.1.${Date.now()}`;
  const path = `src/${app.replaceAll('-', '_')}/__init__.py`;
  await place.given('commit', app, path, `"""Measured."""\n\n__version__ = "${version}"\n`);
  return version;
}
