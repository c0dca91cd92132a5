import type { Step } from '@luban-ci/core';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { z } from 'zod';
import { runAsCli } from './cli/run-as.ts';
import { stopSignal } from './stop-signal.ts';
import { processSurroundings } from './surroundings.ts';

const inputs = z.object({ url: z.string().describe('Address of a repository.') });

/** Asks a server for a repository's refs, by itself and by git. */
const visit: Step = {
  contract: {
    id: 'visit',
    summary: 'Asks a server.',
    inputs,
    outputs: z.object({ byItself: z.string(), byGit: z.string() }),
    needs: [],
    writes: false,
    examples: [],
  },
  run: async ({ url }: z.output<typeof inputs>, { temporaryFolder }) => {
    const answer = await fetch(`${url}/info/refs`).then(
      (response) => response.text(),
      () => 'not trusted',
    );
    const git = await runProgram('git', ['ls-remote', url], { cwd: temporaryFolder, env: plainEnvironment() });
    const outputs = { byItself: answer, byGit: git.exitCode === 0 ? git.stdout : 'not trusted' };
    return { changed: false, outputs, summary: 'asked' };
  },
};

process.exitCode = await runAsCli(visit, {}, processSurroundings(), stopSignal());
