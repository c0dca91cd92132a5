import type { LocalProject } from '@luban-ci/gitops-utils/testing';
import { imageOf } from './platform-files.ts';

/** Lines that were taken away and added, as in a diff, by file. */
export type ChangedLines = Record<string, string[]>;

/** What differs between two commits of the GitOps repository; the records beside the files are left out. */
export async function changedLines(project: LocalProject, from: string, to: string): Promise<ChangedLines> {
  const args = ['diff', '--unified=0', from, to, '--', ':(exclude)**/.luban'];
  const diff = await project.git(`${project.place.app}-gitops`, args);
  const files = diff.split(/^diff --git /m).slice(1);
  return Object.fromEntries(
    files.map((text) => [
      /^\+\+\+ b\/(.+)$/m.exec(text)?.[1] ?? '',
      text.split('\n').filter((line) => /^[-+](?!--|\+\+)/.test(line)),
    ]),
  );
}

/** All that the stories of `every-action.yml` and `every-component.yml` come to in the GitOps repository. */
export interface Delivery {
  /** Subjects of the commits on `develop`, oldest first. */
  commits: string[];
  sandbox: ChangedLines;
  production: ChangedLines;
  /** What the branch `try-1.0.1` would change in production. */
  proposed: ChangedLines;
}

export async function deliveryIn(project: LocalProject): Promise<Delivery> {
  const log = await project.git(`${project.place.app}-gitops`, ['log', '--reverse', '--format=%h %s', 'develop']);
  const [first = '', ...commits] = log.split('\n');
  const begin = first.split(' ')[0] ?? '';
  return {
    commits: commits.map((line) => line.replace(/^\S+ /, '')),
    sandbox: await changedLines(project, begin, 'develop'),
    production: await changedLines(project, begin, 'main'),
    proposed: await changedLines(project, 'main', 'try-1.0.1'),
  };
}

/** The placeholder of a new application, as lines that are taken away. */
export const placeholder = ['-    newName: quay.io/luban-ci/luban-hello-world-py', '-    newTag: "latest"'];

/** One commit for each request, and of the files the lines of the image alone. */
export function expectedDelivery(project: LocalProject, digest: string | undefined): Delivery {
  const image = imageOf(project);
  const overlay = (env: string): string => `app/overlays/${env}/kustomization.yaml`;
  return {
    commits: [
      'Deploy cart-service 1.0.0 to snd',
      'Deploy cart-service 1.1.0 to snd',
      'Roll cart-service back to 1.0.0 in snd',
    ],
    sandbox: { [overlay('snd')]: [...placeholder, '+    newTag: "1.0.0"'] },
    production: { [overlay('prd')]: [...placeholder, '+    newTag: "1.0.0"', `+    digest: ${digest}`] },
    proposed: {
      'app/base/deployment.yaml': [`-          image: ${image}`, `+          image: ${image}:1.0.1`],
      [overlay('prd')]: ['-    newTag: "1.0.0"', `-    digest: ${digest}`, '+    newTag: "1.0.1"'],
    },
  };
}
