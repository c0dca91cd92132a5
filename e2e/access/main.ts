import { openKubeContext } from '../kube-context.ts';
import { tellFailure } from '../tell-failure.ts';
import { openAskedCluster } from './asked-cluster.ts';
import { accesses } from './permissions.ts';
import { differences, table, validate } from './validate.ts';

/** What `make test-rbac-validation` calls: prints every question with its answer, and ends with 1 where one differs. */
try {
  await using context = await openKubeContext(process.env);
  const cluster = await openAskedCluster(context.environment, process.env['PROJECT_NAME'] || 'payment');
  const rows = await validate(cluster);
  process.stdout.write(table(rows));
  const differing = differences(rows);
  for (const line of differing) process.stderr.write(`✗ ${line}\n`);
  for (const { who, account, home } of accesses) {
    if (!cluster.has(home, account)) process.stderr.write(`${who}: there is no account ${account}; left out\n`);
  }
  if (!cluster.has('argocd')) process.stderr.write('Argo CD is not installed, and was left out\n');
  process.stdout.write(`${rows.length} questions, ${differing.length} answered otherwise than expected\n`);
  process.exitCode = differing.length === 0 ? 0 : 1;
} catch (error) {
  tellFailure(error);
}
