import { It as StepError } from "./chunk-base.mjs";
import { j as textOf, v as readDagsterLocations, y as workspaceName } from "./chunk-edits.mjs";
import { t as authorFor } from "./chunk-provenance.mjs";
import { n as setUpResult, t as awaitingMerge } from "./chunk-outcome.mjs";
import { i as setUpMessage, o as titleOf, r as openRepository } from "./chunk-repository-set-up.mjs";
import { r as withProvider, t as gitopsPlace } from "./chunk-gitops-place.mjs";
import { t as step } from "./chunk-step.mjs";
import { n as removeMergedBranch, t as proposeChange } from "./chunk-propose-change.mjs";
// tools/steps/src/register-dagster-location/place.ts
async function locationSetUp(inputs, ctx) {
	const { projectName: project, appName: location, deployEnv: env, gitopsRepoUrl, gitOrganization } = inputs;
	const conventions = withProvider(inputs.gitProvider, ctx.conventions);
	const platform = {
		project: inputs.dagsterPlatformProject ?? project,
		app: inputs.dagsterPlatformApp
	};
	const url = gitopsPlace(platform, {
		gitopsRepoUrl,
		gitOrganization
	}, conventions);
	const mark = {
		step: step.id,
		owner: `${project}/${location}`
	};
	const folder = conventions.overlayOf(env, platform);
	const namespace = conventions.namespaceOf(env, project);
	const configMap = `${platform.app}-workspace`;
	return {
		...await openRepository(url, {
			mark,
			purpose: "GitOps repository",
			dryRun: ctx.dryRun
		}, ctx),
		location,
		platform: `${platform.project}/${platform.app}`,
		env,
		folder,
		server: {
			host: inputs.locationHost ?? `${location}.${namespace}.svc.cluster.local`,
			port: inputs.locationPort ?? ctx.dagster.code_location_port
		},
		branch: conventions.branchOf(env),
		isFirst: env === conventions.firstEnvironment(),
		edit: (server) => ({
			kind: "dagster-set-location",
			version: 1,
			folder,
			configMap,
			location,
			server
		})
	};
}
// tools/steps/src/register-dagster-location/propose-location.ts
function proposeLocation(setUp, request, wish) {
	const proposal = {
		source: sourceBranch(setUp),
		body: bodyOf(setUp, wish),
		maker: "registration",
		mode: wish.mode
	};
	return proposeChange(setUp, request, proposal);
}
async function removeLeftOver(setUp, target) {
	if (!setUp.isFirst) await removeMergedBranch(setUp, {
		source: sourceBranch(setUp),
		target
	});
}
function sourceBranch({ location, env }) {
	return `luban/register-${location}-${env}`;
}
function bodyOf({ location, env, server, folder }, { remove }) {
	const address = `\`${server.host}:${server.port}\``;
	if (remove) return `The platform in ${env} no longer loads \`${location}\` from ${address}.\n`;
	return `The platform in ${env} loads \`${location}\` from ${address}: one entry of \`${folder}/workspace.yaml\`, and nothing else.\n`;
}
// tools/steps/src/register-dagster-location/run.ts
async function run(inputs, ctx) {
	const setUp = await locationSetUp(inputs, ctx);
	const { url: gitopsRepoUrl, branch: gitopsBranch, server, location } = setUp;
	const { outcome, waitsFor } = await ensureLocation(setUp, inputs, ctx);
	const outputs = {
		gitopsRepoUrl,
		gitopsBranch,
		locationAddress: `${server.host}:${server.port}`,
		pullRequestUrl: waitsFor
	};
	return awaitingMerge(setUpResult(`The code location ${location}`, [outcome], ctx.dryRun, outputs), waitsFor);
}
async function ensureLocation(setUp, { remove, ...inputs }, ctx) {
	const name = `CodeLocation ${titleOf(setUp)}/${setUp.folder}/${workspaceName} ${setUp.location}`;
	const found = await registered(setUp, remove);
	if (remove && found === void 0) return { outcome: {
		name,
		outcome: "absent",
		diff: ""
	} };
	if (remove && !isAsWanted(setUp, found)) return { outcome: {
		name,
		outcome: "foreign",
		diff: ""
	} };
	const request = {
		...requestFor(setUp, remove, ctx),
		deadlineSeconds: inputs.deadlineSeconds
	};
	const planned = await setUp.git.land({
		...request,
		dryRun: true
	});
	if (planned.outcome !== "would land") {
		await removeLeftOver(setUp, request.branch);
		return { outcome: {
			name,
			outcome: "unchanged",
			diff: ""
		} };
	}
	const outcome = {
		name,
		outcome: remove ? "removed" : found === void 0 ? "created" : "updated",
		diff: planned.diff
	};
	if (ctx.dryRun) return { outcome };
	const isProtected = (await setUp.forge.getBranch(setUp.name, setUp.branch))?.protected === true;
	if (setUp.isFirst && !isProtected) {
		await setUp.git.land(request);
		return { outcome };
	}
	const { changed, waitsFor } = await proposeLocation(setUp, request, {
		remove,
		mode: inputs.mode
	});
	return changed ? {
		outcome,
		waitsFor
	} : {
		outcome: {
			name,
			outcome: "unchanged",
			diff: ""
		},
		waitsFor
	};
}
async function registered(setUp, remove) {
	const { git, url, branch, folder, location, forge, name, platform, env } = setUp;
	const isThere = await forge.getRepository(name) !== void 0 && await forge.getBranch(name, branch) !== void 0;
	if (!isThere && remove) return void 0;
	const files = isThere ? (await git.readFiles(url, `refs/heads/${branch}`, [folder])).files : new Map();
	if (files.size === 0 && !remove) throw new StepError(`There is no Dagster platform ${platform} in ${env}: ${url} has no ${folder} on ${branch}`, { hint: "Set the platform up first (luban-dagster-platform-setup-template), or name another one." });
	const path = `${folder}/${workspaceName}`;
	const file = files.get(path);
	return (file === void 0 ? [] : readDagsterLocations(textOf(file, path), path)).find((each) => each.name === location);
}
function isAsWanted({ server }, found) {
	return found?.host === server.host && found.port === String(server.port);
}
function requestFor(setUp, remove, ctx) {
	const { url, branch, location, env, server, mark } = setUp;
	const what = remove ? `Take the code location ${location} out of ${env}` : `Register the code location ${location} in ${env}`;
	return {
		url,
		branch,
		edits: [setUp.edit(remove ? null : server)],
		message: setUpMessage(what, mark),
		...authorFor(ctx.run)
	};
}
export { run };
