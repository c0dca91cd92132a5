import { a as isMarked, t as ensureObject } from "./chunk-ensure-object.mjs";
import { t as removeObject } from "./chunk-remove-object.mjs";
import { r as withProvider, t as gitopsPlace } from "./chunk-gitops-place.mjs";
import { t as argocdApi } from "./chunk-argocd-api.mjs";
import { n as setUpResult } from "./chunk-outcome.mjs";
import { t as clusterOf } from "./chunk-clusters.mjs";
import { t as step } from "./chunk-step2.mjs";
// tools/steps/src/setup-argocd-application/application.ts
function applicationObject({ projectName: project, appName: app, deployEnv }, repoURL, conventions) {
	const { config } = conventions;
	const name = {
		project,
		app
	};
	return {
		apiVersion: argocdApi,
		kind: "Application",
		metadata: {
			name: conventions.argocdApplicationOf(deployEnv, name),
			namespace: config.argocd_namespace,
			labels: { "app.kubernetes.io/part-of": "luban-ci" }
		},
		spec: {
			project: conventions.argocdProjectOf(deployEnv, project),
			source: {
				repoURL,
				targetRevision: conventions.branchOf(deployEnv),
				path: conventions.overlayOf(deployEnv, name)
			},
			destination: {
				server: clusterOf(deployEnv, config),
				namespace: conventions.namespaceOf(deployEnv, project)
			},
			ignoreDifferences: [{
				kind: "Secret",
				name: `${app}-secret`,
				jsonPointers: ["/data", "/stringData"]
			}],
			syncPolicy: {
				...syncsByItself(deployEnv, conventions) ? { automated: {
					prune: true,
					selfHeal: true
				} } : {},
				syncOptions: ["RespectIgnoreDifferences=true"],
				retry: {
					limit: 5,
					refresh: true,
					backoff: {
						duration: "2s",
						factor: 2,
						maxDuration: "20s"
					}
				}
			}
		}
	};
}
function syncsByItself(env, { config }) {
	return !(config.environments.length > 1 && env === config.environments.at(-1)) || config.production_auto_sync;
}
// tools/steps/src/setup-argocd-application/run.ts
async function run(inputs, ctx) {
	const { conventions, dryRun } = ctx;
	const { projectName: project, appName: app, deployEnv } = inputs;
	const argocdApplication = conventions.argocdApplicationOf(deployEnv, {
		project,
		app
	});
	const gitopsRepoUrl = repositoryOf(inputs, ctx);
	const mark = {
		step: step.id,
		owner: `${project}/${app}`
	};
	const subject = `The Argo CD application ${argocdApplication}`;
	const kube = await ctx.kubernetes.client();
	if (inputs.remove) {
		const namespace = conventions.config.argocd_namespace;
		const name = {
			apiVersion: argocdApi,
			kind: "Application",
			name: argocdApplication,
			namespace
		};
		if (inputs.cascade && !dryRun) await askForCascade(kube, name, mark);
		const removed = await removeObject(kube, name, {
			mark,
			dryRun
		});
		return setUpResult(subject, [removed], dryRun, {
			argocdApplication,
			gitopsRepoUrl
		});
	}
	const wanted = applicationObject(inputs, gitopsRepoUrl, conventions);
	const ensured = await ensureObject(kube, wanted, {
		mark,
		dryRun
	});
	return setUpResult(subject, [ensured], dryRun, {
		argocdApplication,
		gitopsRepoUrl
	});
}
function repositoryOf(inputs, { conventions }) {
	const { projectName: project, appName: app, gitProvider, ...given } = inputs;
	return gitopsPlace({
		project,
		app
	}, given, withProvider(gitProvider, conventions));
}
const cascading = "resources-finalizer.argocd.argoproj.io";
async function askForCascade(kube, name, mark) {
	const live = await kube.read(name);
	if (live === void 0 || !isMarked(live, mark) || live.metadata.deletionTimestamp !== void 0) return;
	const finalizers = live.metadata.finalizers ?? [];
	if (finalizers.includes(cascading)) return;
	const asked = {
		...live,
		metadata: {
			...live.metadata,
			finalizers: [...finalizers, cascading]
		}
	};
	if (await kube.replace(asked) === void 0) await askForCascade(kube, name, mark);
}
export { run };
