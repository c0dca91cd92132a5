import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordName } from '@luban-ci/edits';
import { parse } from 'yaml';
import { z } from 'zod';
import { inClone } from './clone.ts';
import type { SuitePlace } from './place.ts';

/** What git says that runs in an environment. */
export interface Deployed {
  tag: string;
  digest: string;
  /** First lines of the branch's commits, the newest first. */
  commits: string[];
  /** Refs on the server that are no branches, tags or pull requests: what a landing left behind. */
  leftovers: string[];
  isSound: boolean;
}

/** The record that a landing keeps beside an overlay. */
const Kept = z.looseObject({ images: z.record(z.string(), z.looseObject({ digest: z.string().optional() })) });

const Kustomization = z.looseObject({
  images: z
    .array(z.looseObject({ name: z.string(), newTag: z.coerce.string().default(''), digest: z.string().default('') }))
    .min(1),
});

export async function deployed(place: SuitePlace, app: string, environment: string, branch: string): Promise<Deployed> {
  return inClone(place, `${app}-gitops`, async ({ folder, git }) => {
    await git('checkout', '--quiet', branch);
    const overlay = join(folder, 'app/overlays', environment);
    const [image] = Kustomization.parse(parse(await readFile(join(overlay, 'kustomization.yaml'), 'utf8'))).images;
    const record = await readFile(join(overlay, recordName), 'utf8').catch(() => '{ images: {} }');
    const kept = Kept.parse(parse(record)).images[image?.name ?? ''];
    const refs = (await git('ls-remote', 'origin', 'refs/luban/*')).trim();
    await git('fsck', '--strict', '--no-dangling');
    return {
      tag: image?.newTag ?? '',
      digest: image?.digest || (kept?.digest ?? ''),
      commits: (await git('log', '--format=%s')).trim().split('\n'),
      leftovers: refs === '' ? [] : refs.split('\n'),
      isSound: true,
    };
  });
}
