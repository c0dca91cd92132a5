import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCodeOf, hintOf, InputError, messageOf } from '@luban-ci/core';
import type { WritableKube } from '@luban-ci/kube';

/**
 * For make: `main.ts update-default-git-provider | patch-coredns | tunnel-setup`. What they take stands in README.md, as variables of
 * the environment.
 */
const root = process.env['LUBAN_CHECKOUT'] || fileURLToPath(new URL('../../../', import.meta.url));
const given = process.env;
const isYes = (name: string): boolean => ['1', 'true', 'yes'].includes(given[name] ?? '');
const say = (text: string): boolean => process.stderr.write(`${text}\n`);

try {
  process.exitCode = await commandNamed(process.argv[2] ?? '')();
} catch (error) {
  say(`✗ ${[messageOf(error), hintOf(error)].filter(Boolean).join('\n→ ')}`);
  process.exitCode = exitCodeOf(error);
}

function commandNamed(name: string): () => Promise<number> {
  const commands = new Map([
    ['update-default-git-provider', updateDefaultGitProvider],
    ['patch-coredns', patchCorednsCommand],
    ['tunnel-setup', tunnelSetup],
  ]);
  const command = commands.get(name);
  if (command !== undefined) return command;
  throw new InputError(`There is no command "${name}"; expected one of ${[...commands.keys()].join(', ')}`);
}

async function updateDefaultGitProvider(): Promise<number> {
  const { updateFiles } = await import('./git-provider/update-files.ts');
  const isCheck = isYes('CHECK');
  const { provider, changed } = await updateFiles(root, { provider: given['PROVIDER'] || undefined, isCheck });
  for (const path of changed) process.stdout.write(`${path}\n`);
  if (changed.length === 0) say(`${provider} is the default everywhere`);
  else if (isCheck) say(`✗ ${changed.length} files have another default than ${provider}; nothing was written`);
  else
    say(
      `${provider} is the default in ${changed.length} files now. Run "make generate" for what is printed from them.`,
    );
  return isCheck && changed.length > 0 ? 1 : 0;
}

async function patchCorednsCommand(): Promise<number> {
  const { gatewayNames } = await import('./coredns/gateway-names.ts');
  const { patchCoredns } = await import('./coredns/patch-coredns.ts');
  const wanted = gatewayNames(given);
  const dryRun = isYes('DRY_RUN');
  const { changed, address, diff, reloads } = await patchCoredns(await openKube(), wanted, dryRun);
  process.stdout.write(diff);
  const what = `${wanted.names.join(', ')} at ${address}`;
  if (!changed) say(`CoreDNS has ${what}`);
  else say(dryRun ? `CoreDNS would get ${what}; nothing was written` : `CoreDNS gets ${what}`);
  if (changed && !dryRun && !reloads) {
    say('It does not reload by itself: kubectl -n kube-system rollout restart deployment/coredns');
  }
  return 0;
}

async function tunnelSetup(): Promise<number> {
  const { cloudflareToken, tunnelWish } = await import('./tunnel/tunnel-wish.ts');
  const { createCloudflare } = await import('./tunnel/cloudflare-api.ts');
  const { ensureTunnel } = await import('./tunnel/ensure-tunnel.ts');
  const wish = tunnelWish(given);
  const url = given['CLOUDFLARE_API_URL'] || 'https://api.cloudflare.com/client/v4';
  const token = await cloudflareToken(given, root);
  const cloudflare = createCloudflare({ url, token, signal: AbortSignal.timeout(120_000) });
  const dryRun = isYes('DRY_RUN');
  const ensured = await ensureTunnel(wish, { cloudflare, kube: await openKube(), dryRun });
  for (const { outcome, name, diff } of ensured) {
    say(`${dryRun && outcome !== 'unchanged' ? 'would be ' : ''}${outcome}: ${name}`);
    if (dryRun) process.stdout.write(diff);
  }
  say(dryRun ? 'nothing was written' : `https://${wish.hostname} comes in at ${wish.service}`);
  return 0;
}

/** The cluster of the current kube context, as kubectl finds it. */
async function openKube(): Promise<WritableKube> {
  const kubeconfig = given['KUBECONFIG'] || join(homedir(), '.kube/config');
  await access(kubeconfig).catch((cause) => {
    throw new InputError(`There is no cluster: ${kubeconfig} is not there`, [], { cause, hint: 'Set KUBECONFIG.' });
  });
  const { createKube } = await import('@luban-ci/kube/client');
  return createKube({ kubeconfig });
}
