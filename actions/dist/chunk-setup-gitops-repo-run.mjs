import { t as authorFor } from "./chunk-provenance.mjs";
import { i as ensureContent, n as ensureRepository, t as removeRepository } from "./chunk-remove-repository.mjs";
import { n as setUpResult, t as awaitingMerge } from "./chunk-outcome.mjs";
import { S as kustomizationPaths, p as writeFileEdit, r as unifiedDiff } from "./chunk-edits.mjs";
import { a as shownAs, i as setUpMessage, o as titleOf$1, r as openRepository } from "./chunk-repository-set-up.mjs";
import { t as ensureChangeRequest } from "./chunk-change-request.mjs";
import { n as removeMergedBranch, r as tryToMerge } from "./chunk-propose-change.mjs";
import { Ft as RetryableError, It as StepError, Pt as InputError, St as record, wt as string } from "./chunk-base.mjs";
import { n as telemetryValues, t as dagsterValues } from "./chunk-dagster-values.mjs";
import { t as showDifference } from "./chunk-show-difference.mjs";
import { n as sourcePlace, r as withProvider, t as gitopsPlace } from "./chunk-gitops-place.mjs";
import { t as step } from "./chunk-step5.mjs";
import { i as serialiseRepositoriesEntry, n as parseRepositoriesEntry, r as repositoriesKey } from "./chunk-repositories.mjs";
import { t as platformNamespace } from "./chunk-platform.mjs";
import { s as markOf, t as ensureObject } from "./chunk-ensure-object.mjs";
import { t as isSameRepository } from "./chunk-same-repository.mjs";
import { t as gitopsRepositoryFor } from "./chunk-sibling-repository.mjs";
// tools/steps/src/setup-gitops-repo/propose-overlay.ts
async function proposeOverlay(setUp, request, env, created) {
	const { branch: target } = request;
	const source = sourceBranch(setUp, env);
	const landed = await setUp.git.land({
		...request,
		branch: source,
		createFrom: target
	});
	const opened = await ensureChangeRequest(setUp, {
		source,
		target,
		title: `Add the ${env} overlay of ${setUp.app.app}`,
		body: `The folder that ${env} is read from. Nothing that runs is changed by it.`
	});
	if (await isMerged(setUp, target, {
		...opened.value,
		head: landed.commit
	})) {
		await setUp.forge.deleteBranch(setUp.name, source);
		return { ensured: created };
	}
	return {
		ensured: landed.changed || opened.changed ? created : {
			...created,
			outcome: "unchanged",
			diff: ""
		},
		waitsFor: opened.value.url
	};
}
async function removeLeftOver(setUp, target, env) {
	if (target !== setUp.workBranch) await removeMergedBranch(setUp, {
		source: sourceBranch(setUp, env),
		target
	});
}
function sourceBranch({ app }, env) {
	return `luban/add-${app.app}-${env}`;
}
async function isMerged(setUp, target, request) {
	const rules = await setUp.forge.getProtection(setUp.name, target);
	return rules?.requiredApprovals === 0 && rules.requiredStatusChecks.length === 0 && (await tryToMerge(setUp, request))?.state === "merged";
}
// tools/steps/src/setup-gitops-repo/template-layout.ts
const templateRoot = "app";
async function newRepository(use) {
	const { conventions } = use;
	const files = new Map();
	for (const [path, file] of await renderedApplication(use)) if (!path.startsWith(`${templateRoot}/overlays/`)) files.set(placed(path, use), file);
	for (const env of conventions.config.environments) for (const [path, file] of await overlayFiles(env, use)) files.set(path, file);
	return files;
}
async function overlayWithBase(env, use) {
	const base = [...await renderedApplication(use)].filter(([path]) => path.startsWith(`${templateRoot}/base/`));
	return new Map([...base.map(([path, file]) => [placed(path, use), file]), ...await overlayFiles(env, use)]);
}
function baseFolder(use) {
	return `${rootOf(use)}/base`;
}
async function overlayFiles(env, use) {
	const { templates, template, app, conventions } = use;
	const name = `${template}/overlay`;
	if (!await templates.has(name)) throw new StepError(`The template ${template} has no overlay for ${env}`, { hint: `Put a template into ${name}, whose folder is called {{cookiecutter.environment}}.` });
	const { environments } = conventions.config;
	const isProduction = environments.length > 1 && env === environments.at(-1);
	const known = {
		environment: env,
		namespace: conventions.namespaceOf(env, app.project),
		is_production: isProduction ? "yes" : "no"
	};
	const files = await templates.render(name, {
		...knownValues(use),
		...known
	}, await fitting(name, use));
	const folder = conventions.overlayOf(env, app);
	return new Map([...files].map(([path, file]) => [`${folder}/${path}`, file]));
}
function renderedApplication(use) {
	return use.templates.render(use.template, knownValues(use), use.given);
}
async function fitting(name, { templates, given }) {
	const variables = await templates.variables(name);
	return Object.fromEntries(Object.entries(given).filter(([variable]) => variables.includes(variable)));
}
function knownValues({ app, conventions, dagster }) {
	const { config } = conventions;
	return {
		project_name: app.project,
		app_name: app.app,
		container_port: String(config.default_container_port),
		service_port: String(config.default_service_port),
		domain_suffix: config.domain_suffix,
		registry_server: config.registry_server,
		image_name: conventions.imageOf(app),
		image_pull_secret: config.image_pull_secret,
		default_image_name: config.default_image_name,
		default_image_tag: config.default_image_tag,
		...dagsterValues(dagster),
		...telemetryValues(conventions)
	};
}
function placed(path, use) {
	return path.startsWith(`${templateRoot}/`) ? `${rootOf(use)}/${path.slice(4)}` : path;
}
function rootOf({ app, conventions }) {
	const env = conventions.firstEnvironment();
	const folder = conventions.overlayOf(env, app);
	const tail = `/overlays/${env}`;
	if (folder.endsWith(tail)) return folder.slice(0, -tail.length);
	throw new InputError(`The templates cannot be laid out for overlays at ${folder}`, [], { hint: "Let overlay_pattern of luban-config end in /overlays/<env>, or make the repository by hand." });
}
// tools/steps/src/setup-gitops-repo/ensure-overlay.ts
async function ensureOverlay(setUp, branch, { env, author }, use) {
	const folder = setUp.conventions.overlayOf(env, setUp.app);
	const name = `Overlay ${titleOf$1(setUp)}/${folder} on ${branch}`;
	const base = baseFolder(use);
	const { files: present } = await setUp.git.readFiles(setUp.url, `refs/heads/${branch}`, [folder, base]);
	if (hasKustomization(present, folder)) {
		await removeLeftOver(setUp, branch, env);
		return { ensured: {
			name,
			outcome: "unchanged",
			diff: ""
		} };
	}
	const missing = [...await overlayWithBase(env, use)].filter(([path]) => !present.has(path) && (path.startsWith(`${folder}/`) || !hasKustomization(present, base)));
	const request = {
		url: setUp.url,
		branch,
		edits: missing.map(([path, file]) => writeFileEdit(path, void 0, file)),
		message: setUpMessage(`Add the ${env} overlay of ${setUp.app.app}`, setUp.mark),
		...author === void 0 ? {} : { author }
	};
	const created = {
		name,
		outcome: "created",
		diff: unifiedDiff(new Map(), new Map(missing))
	};
	if (setUp.dryRun) return { ensured: created };
	if ((await setUp.forge.getBranch(setUp.name, branch))?.protected === true) return proposeOverlay(setUp, request, env, created);
	await setUp.git.land(request);
	return { ensured: created };
}
function hasKustomization(files, folder) {
	return kustomizationPaths(folder).some((path) => files.has(path));
}
// tools/steps/src/setup-gitops-repo/ensure-rules.ts
async function ensureDefaultBranch(setUp, repository) {
	const { forge, name, workBranch, dryRun } = setUp;
	const title = `DefaultBranch ${titleOf$1(setUp)}`;
	const found = dryRun ? repository : await forge.getRepository(name);
	if (dryRun ? found?.defaultBranch === workBranch : !(await forge.setDefaultBranch(name, workBranch)).changed) return {
		name: title,
		outcome: "unchanged",
		diff: ""
	};
	const before = found === void 0 ? void 0 : { branch: found.defaultBranch };
	return {
		name: title,
		outcome: "updated",
		diff: showDifference(shownAs("DefaultBranch", setUp), before, { branch: workBranch })
	};
}
async function ensureProtection(setUp, branch, wanted, repository) {
	const { forge, name, dryRun } = setUp;
	const title = `Protection ${titleOf$1(setUp)}/${branch}`;
	const found = repository === void 0 ? void 0 : await forge.getProtection(name, branch);
	const rules = found === void 0 ? wanted : stricter(found, wanted);
	if (found !== void 0 && isSame(found, rules)) return {
		name: title,
		outcome: "unchanged",
		diff: ""
	};
	if (!dryRun) await forge.protectBranch(name, branch, rules);
	const diff = showDifference(shownAs("Protection", setUp, branch), found && shown(found), shown(rules));
	return {
		name: title,
		outcome: found === void 0 ? "created" : "updated",
		diff
	};
}
function stricter(found, wanted) {
	return {
		requiredApprovals: Math.max(found.requiredApprovals, wanted.requiredApprovals),
		requiredStatusChecks: [...new Set([...found.requiredStatusChecks, ...wanted.requiredStatusChecks])]
	};
}
function isSame(found, rules) {
	return found.requiredApprovals === rules.requiredApprovals && found.requiredStatusChecks.length === rules.requiredStatusChecks.length;
}
function shown({ requiredApprovals, requiredStatusChecks }) {
	return {
		requiredApprovals,
		requiredStatusChecks: [...requiredStatusChecks]
	};
}
// tools/steps/src/setup-gitops-repo/place.ts
async function gitopsSetUp(inputs, ctx) {
	const { projectName: project, appName: app, gitopsRepoUrl, repoUrl, gitOrganization } = inputs;
	const name = {
		project,
		app
	};
	const conventions = withProvider(inputs.gitProvider, ctx.conventions);
	const url = gitopsPlace(name, {
		gitopsRepoUrl,
		repoUrl,
		gitOrganization
	}, conventions);
	const about = {
		mark: {
			step: step.id,
			owner: `${project}/${app}`
		},
		purpose: "GitOps repository",
		dryRun: ctx.dryRun
	};
	const workBranch = conventions.branchOf(conventions.firstEnvironment());
	const all = conventions.config.environments.map(conventions.branchOf);
	const branches = [...new Set([...all.filter((branch) => branch !== workBranch), workBranch])];
	return {
		...await openRepository(url, about, ctx),
		app: name,
		conventions,
		branches,
		workBranch
	};
}
// tools/steps/src/setup-gitops-repo/registration.ts
const configMap = "luban-repositories";
const Data = record(string(), string()).default({});
const mostLooks = 6;
async function register(setUp, kube, given) {
	const place = platformPlace(setUp, kube);
	const { before, after } = await changeEntry(place, (found) => entryFor(setUp, found, given));
	const outcome = before === after ? "unchanged" : before === void 0 ? "created" : "updated";
	return [{
		name: titleOf(place),
		outcome,
		diff: showEntry(place, before, after)
	}, ...await ensureCopy(setUp, place, after)];
}
async function unregister(setUp, kube, given) {
	const place = platformPlace(setUp, kube);
	const { before, after } = await changeEntry(place, (found) => found === entryFor(setUp, void 0, given) ? void 0 : found);
	const outcome = before === void 0 ? "absent" : after === void 0 ? "removed" : "foreign";
	return [{
		name: titleOf(place),
		outcome,
		diff: showEntry(place, before, after)
	}, ...await ensureCopy(setUp, place, after)];
}
function platformPlace({ app, dryRun }, kube) {
	return {
		kube,
		namespace: platformNamespace,
		key: repositoriesKey(app),
		dryRun
	};
}
async function ensureCopy(setUp, place, after) {
	const { kube, dryRun } = place;
	const namespace = setUp.conventions.buildNamespaceOf(setUp.app.project);
	const live = await kube.read({
		apiVersion: "v1",
		kind: "ConfigMap",
		name: configMap,
		namespace
	});
	const mark = live === void 0 ? void 0 : markOf(live);
	if (mark === void 0 || namespace === "luban-ci") return [];
	const copied = async () => {
		const data = withEntry(await ownEntries(setUp, place), place.key, after);
		const ensured = await ensureObject(kube, {
			apiVersion: "v1",
			kind: "ConfigMap",
			metadata: {
				name: configMap,
				namespace
			},
			data
		}, {
			mark,
			dryRun
		});
		const now = withEntry(await ownEntries(setUp, place), place.key, after);
		return JSON.stringify(now) === JSON.stringify(data) ? ensured : copied();
	};
	return [await copied()];
}
async function ownEntries({ app }, { kube, namespace }) {
	const live = await kube.read({
		apiVersion: "v1",
		kind: "ConfigMap",
		name: configMap,
		namespace
	});
	const all = Object.entries(Data.parse(live?.["data"]));
	return Object.fromEntries(all.filter(([key]) => key.startsWith(`${app.project}.`)));
}
function entryFor(setUp, found, { repoUrl, gitOrganization }) {
	const { app, url, conventions } = setUp;
	const registered = found === void 0 ? void 0 : parseRepositoriesEntry(found);
	const source = repoUrl ?? registered?.source ?? sourcePlace(app, { gitOrganization }, unregistered(conventions));
	const assumed = gitopsRepositoryFor(source, app, unregistered(conventions));
	const wanted = {
		source,
		...isSameRepository(assumed, url) ? {} : { gitops: url }
	};
	return registered?.source === wanted.source && registered.gitops === wanted.gitops && found !== void 0 ? found : serialiseRepositoriesEntry(wanted);
}
function unregistered(conventions) {
	return {
		...conventions,
		applications: []
	};
}
async function changeEntry({ kube, namespace, key, dryRun }, change) {
	const name = {
		apiVersion: "v1",
		kind: "ConfigMap",
		name: configMap,
		namespace
	};
	for (let look = 0; look < mostLooks; look += 1) {
		const live = await kube.read(name);
		const data = Data.parse(live?.["data"]);
		const before = data[key];
		const after = change(before);
		if (before === after || dryRun) return {
			before,
			after
		};
		if (await write(kube, namespace, live, withEntry(data, key, after)) !== void 0) return {
			before,
			after
		};
	}
	throw new RetryableError(`ConfigMap ${namespace}/${configMap} is changed by somebody else all the time`);
}
function withEntry(data, key, value) {
	const { [key]: _, ...others } = data;
	return value === void 0 ? others : {
		...others,
		[key]: value
	};
}
function write(kube, namespace, live, data) {
	if (live?.metadata.resourceVersion !== void 0) return kube.replace({
		...live,
		data
	});
	return kube.create({
		apiVersion: "v1",
		kind: "ConfigMap",
		metadata: {
			name: configMap,
			namespace
		},
		data
	});
}
function titleOf({ namespace, key }) {
	return `ConfigMap ${namespace}/${configMap} ${key}`;
}
function showEntry({ namespace, key }, before, after) {
	const fields = (text) => text === void 0 ? void 0 : { [key]: text };
	if (before === after) return "";
	return showDifference({
		kind: "ConfigMap",
		name: configMap,
		namespace
	}, fields(before), fields(after));
}
// tools/steps/src/setup-gitops-repo/run.ts
async function run(inputs, ctx) {
	const setUp = await gitopsSetUp(inputs, ctx);
	const { url: gitopsRepoUrl, conventions } = setUp;
	const gitopsBranch = conventions.branchOf(inputs.deployEnv);
	const { outcomes, waitsFor } = inputs.remove ? await removeAll(setUp, inputs, ctx) : await ensureAll(setUp, gitopsBranch, inputs, ctx);
	const outputs = {
		gitopsRepoUrl,
		gitopsBranch,
		pullRequestUrl: waitsFor
	};
	return awaitingMerge(setUpResult(`The GitOps repository ${gitopsRepoUrl}`, outcomes, ctx.dryRun, outputs), waitsFor);
}
async function ensureAll(setUp, gitopsBranch, inputs, ctx) {
	const { app, conventions, branches, workBranch } = setUp;
	const { template, templateValues: given, deployEnv: env } = inputs;
	const { templates, dagster } = ctx;
	const use = {
		templates,
		template,
		given,
		app,
		conventions,
		dagster
	};
	const files = await newRepository(use);
	const { repository, ensured } = await ensureRepository(setUp);
	const content = await ensureContent(setUp, repository, {
		branches,
		files,
		message: `Begin with ${template}`,
		...authorFor(ctx.run)
	});
	const outcomes = [ensured, ...content.outcomes];
	let waitsFor;
	for (const branch of new Set([workBranch, gitopsBranch])) {
		if (content.wasEmpty || ctx.dryRun && content.missing.includes(branch)) continue;
		const overlay = await ensureOverlay(setUp, branch, {
			env,
			...authorFor(ctx.run)
		}, use);
		outcomes.push(overlay.ensured);
		waitsFor = overlay.waitsFor ?? waitsFor;
	}
	outcomes.push(await ensureDefaultBranch(setUp, repository));
	const rules = {
		requiredApprovals: inputs.requiredApprovals,
		requiredStatusChecks: []
	};
	const closed = inputs.protectBranches ? branches.filter((each) => each !== workBranch) : [];
	for (const branch of closed) outcomes.push(await ensureProtection(setUp, branch, rules, repository));
	if (inputs.register) outcomes.push(...await register(setUp, await ctx.kubernetes.client(), inputs));
	return {
		outcomes,
		waitsFor
	};
}
async function removeAll(setUp, inputs, ctx) {
	return { outcomes: [...inputs.register ? await unregister(setUp, await ctx.kubernetes.client(), inputs) : [], await removeRepository(setUp)] };
}
export { run };
