import { resolve } from 'node:path';
import { type ExitCode, exitCodes, InputError } from '@luban-ci/core';
import type { Surroundings } from '@luban-ci/hosts';
import { playgroundDown, playgroundStatus, playgroundUp, servePlayground } from '@luban-ci/playground';
import { plainEnvironment } from '@luban-ci/process';
import { thisProgram } from '../this-program.ts';

/** Where the playground is kept when nobody says otherwise. */
export const playgroundFolder = '.luban/playground';

/** `luban playground up | status | down [folder]`: a git server, a forge and a registry on this machine. */
export async function playgroundCommand(around: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const [action = '', given] = around.argv;
  const folder = resolve(around.cwd, given ?? playgroundFolder);
  const tell = (result: object): ExitCode => {
    around.writeOut(`${JSON.stringify(result, null, 2)}\n`);
    return exitCodes.done;
  };
  if (action === 'up') {
    const { program, args } = thisProgram();
    const reenter = { program, args: [...args, 'playground', 'serve', folder] };
    const up = await playgroundUp({ folder, reenter, env: plainEnvironment() });
    around.writeErr(`› the playground ${up.changed ? 'is up' : 'was up already'}: ${up.url}\n`);
    return tell(up);
  }
  if (action === 'status') return tell(await playgroundStatus({ folder }));
  if (action === 'down') return tell(await playgroundDown({ folder }));
  if (action === 'serve') {
    await servePlayground({ folder, signal });
    return exitCodes.done;
  }
  throw new InputError('luban playground wants one of up, status, down');
}
