import { expect, test, vi } from 'vitest';
import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';

vi.setConfig({ testTimeout: 120_000 });

const organization = { gitOrganization: 'metasync', gitProvider: 'gitea' };
const platform = { ...organization, projectName: 'data', appName: 'orchestra', deployEnv: 'snd' };
const dagster = { dagster_version: '1.12.20', platform_port: '3100', postgres_version: '17.6' };

async function configured(world: SetUpWorld, data: Record<string, string>): Promise<{ dagsterConfigPath: string }> {
  const metadata = { name: 'luban-dagster-config', namespace: 'luban-ci' };
  await world.kube.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
  return { dagsterConfigPath: await world.configMap('luban-dagster-config', 'luban-ci') };
}

test('versions and ports of Dagster are those of luban-dagster-config, and telemetry goes where luban-config says', async () => {
  await using world = await setUpWorld();
  const given = { ...platform, ...(await configured(world, dagster)) };
  const config = { otel_exporter_otlp_endpoint: 'http://otel:4318', otel_exporter_otlp_protocol: 'http/protobuf' };
  const template = 'luban-dagster-platform-gitops-template';

  await world.run('setup-gitops-repo', { ...given, template }, { config });
  const { deployEnv: _, ...source } = given;
  await world.run('setup-source-repo', { ...source, template: 'luban-dagster-platform-source-template' });

  const show = (path: string) => world.git('orchestra-gitops', ['show', `develop:${path}`]);
  const overlay = await show('app/overlays/snd/kustomization.yaml');
  expect(overlay).toContain(`  - name: ${world.playground.registry}/data/orchestra\n`);
  expect(overlay).toContain('newName: docker.io/dagster/dagster-celery-k8s\n    newTag: "1.12.20"\n');
  expect(await show('app/base/webserver.yaml')).toContain('containerPort: 3100\n');
  expect(await show('app/base/postgresql.yaml')).toContain('image: docker.io/library/postgres:17.6-alpine\n');
  expect(await show('app/overlays/prd/platform.properties')).toContain(
    'OTEL_EXPORTER_OTLP_ENDPOINT=http://otel:4318\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n',
  );
  expect(await world.git('orchestra', ['show', 'main:pyproject.toml'])).toContain('"dagster==1.12.20",\n');
});
