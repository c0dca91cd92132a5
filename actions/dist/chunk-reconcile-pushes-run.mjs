import { r as repositoriesKey } from "./chunk-repositories.mjs";
import { Ft as RetryableError, It as StepError, Lt as messageOf, Pt as InputError, St as record, h as compareOrder, i as refName, l as parseRepositoryUrl, ut as datetime, wt as string, xt as object } from "./chunk-base.mjs";
import { r as withProvider } from "./chunk-gitops-place.mjs";
import { n as resolvePush, t as pushIdOf } from "./chunk-resolve-push.mjs";
import { l as workflowObject, s as requireNamespace, t as findAbout } from "./chunk-submitted-workflows.mjs";
import { t as imageTagOf } from "./chunk-image-tag.mjs";
import { n as readOverlay } from "./chunk-overlay-state.mjs";
import { n as repositoryIdentity, t as isSameRepository } from "./chunk-same-repository.mjs";
import { t as gitopsRepositoryFor } from "./chunk-sibling-repository.mjs";
import { n as configuredProvider } from "./chunk-configured-provider.mjs";
// tools/steps/src/reconcile-pushes/seen-heads.ts
const SeenText = () => object({
	heads: record(string(), string()),
	waiting: record(string(), object({
		commit: string(),
		since: datetime()
	}))
});
function parseSeenHeads(text) {
	if (text === void 0) return void 0;
	try {
		return SeenText().parse(JSON.parse(text));
	} catch {
		return;
	}
}
function serialiseSeenHeads({ heads, waiting }) {
	return JSON.stringify({
		heads: sorted(heads),
		waiting: sorted(waiting)
	});
}
function pushableHeads(refs) {
	const name = refName("The ref.");
	return refs.filter(({ ref }) => /^refs\/(heads|tags)\/./.test(ref) && name.safeParse(ref).success);
}
function movedHeads(found, { heads }) {
	return found.filter(({ ref, commit }) => heads[ref] !== commit);
}
function seenSince({ waiting }, { ref, commit }, now) {
	const known = waiting[ref];
	return known?.commit === commit ? known.since : now;
}
function nextSeenHeads(found, before, waiting) {
	const heads = found.flatMap(({ ref, commit }) => {
		const settled = waiting[ref] === void 0 ? commit : before.heads[ref];
		return settled === void 0 ? [] : [[ref, settled]];
	});
	return {
		heads: Object.fromEntries(heads),
		waiting
	};
}
function sorted(record) {
	return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => a < b ? -1 : 1));
}
// tools/steps/src/reconcile-pushes/heads-memory.ts
const [apiVersion, kind, name] = [
	"v1",
	"ConfigMap",
	"luban-heads"
];
const mostLooks = 6;
async function openHeadsMemory(kube, namespace) {
	const place = {
		apiVersion,
		kind,
		name,
		namespace
	};
	let live = await kube.read(place);
	return {
		recall: (key) => parseSeenHeads(dataOf(live)[key]),
		keep: async (key, seen) => {
			const text = serialiseSeenHeads(seen);
			for (let look = 0; look < mostLooks; look += 1) {
				const data = dataOf(live);
				if (data[key] === text) return;
				const next = {
					...data,
					[key]: text
				};
				const written = await (live === void 0 ? kube.create({
					apiVersion,
					kind,
					metadata: {
						name,
						namespace
					},
					data: next
				}) : kube.replace({
					...live,
					data: next
				}));
				live = written ?? await kube.read(place);
				if (written !== void 0) return;
			}
			throw new RetryableError(`ConfigMap ${namespace}/${name} is changed by somebody else all the time`);
		}
	};
}
function dataOf(object) {
	return record(string(), string()).default({}).parse(object?.["data"]);
}
// tools/steps/src/reconcile-pushes/sources.ts
function sourcesOn(provider, { applications, config }) {
	const counts = new Map();
	for (const { source } of applications) {
		const identity = repositoryIdentity(source);
		counts.set(identity, (counts.get(identity) ?? 0) + 1);
	}
	return applications.filter(({ source }) => counts.get(repositoryIdentity(source)) === 1 && isOn(provider, source, config));
}
function isOn(provider, address, config) {
	try {
		return configuredProvider(parseRepositoryUrl(address), config) === provider;
	} catch {
		return false;
	}
}
// tools/steps/src/reconcile-pushes/deployed-commits.ts
async function readDeployedCommits(application, { conventions, git }) {
	const url = gitopsRepositoryFor(application.source, application, conventions);
	const provider = conventions.config.default_git_provider;
	const ours = (isOn(provider, url, conventions.config) ? await entriesAt(url, application, {
		conventions,
		git
	}) : []).filter((entry) => isSameRepository(entry.sourceRepository ?? "", application.source));
	return {
		has: ({ ref, commit }) => ours.some((each) => each.sourceCommit === commit && (!isTag(ref) || each.tag === imageTagOf(ref, commit))),
		lastAskedAt: ours.flatMap(({ order }) => order ?? []).toSorted(compareOrder).at(-1)
	};
}
async function entriesAt(url, name, { conventions, git }) {
	const environment = conventions.firstEnvironment();
	const folder = conventions.overlayOf(environment, name);
	try {
		const { record } = await readOverlay(git.of(url), url, conventions.branchOf(environment), folder);
		return Object.values(record);
	} catch (error) {
		if (error instanceof InputError) return [];
		throw error;
	}
}
function isTag(ref) {
	return ref.startsWith("refs/tags/");
}
// tools/steps/src/reconcile-pushes/reconcile-repository.ts
async function reconcileRepository(application, seen, around) {
	const { ctx } = around;
	const { source } = application;
	const found = pushableHeads(await ctx.git.of(source).listRefs(source));
	let read;
	const deployed = () => {
		read ??= readDeployedCommits(application, ctx);
		return read;
	};
	const before = seen ?? await firstLook(application, found, deployed, ctx);
	const now = ctx.clock.now().toISOString();
	const started = [];
	const waiting = {};
	for (const head of movedHeads(found, before)) {
		const since = seenSince(before, head, now);
		const fate = await settle(application, head, {
			since,
			deployed
		}, around);
		if (fate === "started") started.push(toldOf(application, head));
		if (fate === "waiting") waiting[head.ref] = {
			commit: head.commit,
			since
		};
	}
	return {
		started,
		waiting: found.filter(({ ref }) => waiting[ref] !== void 0).map((head) => toldOf(application, head)),
		seen: nextSeenHeads(found, before, waiting)
	};
}
async function firstLook(application, found, deployed, ctx) {
	const { source } = application;
	const git = ctx.git.of(source);
	const branch = await git.defaultBranch(source);
	const head = found.find(({ ref }) => ref === branch);
	const { lastAskedAt } = await deployed();
	const madeAt = head === void 0 ? void 0 : (await git.readCommit(source, head.commit)).committedAt.toISOString();
	const isNewer = lastAskedAt === void 0 || madeAt !== void 0 && compareOrder(madeAt, lastAskedAt) > 0;
	const settled = found.filter((each) => each !== head || !isNewer);
	return {
		heads: Object.fromEntries(settled.map(({ ref, commit }) => [ref, commit])),
		waiting: {}
	};
}
async function settle(application, head, { since, deployed }, around) {
	const { inputs, ctx, kube } = around;
	const namespace = ctx.conventions.buildNamespaceOf(application.project);
	const pushId = pushIdOf({
		repoUrl: application.source,
		gitRef: head.ref,
		revision: head.commit
	});
	if ((await findAbout(kube, namespace, pushId)).length > 0) return "settled";
	const push = await resolvePush(pushOf(application, head, since, around), ctx);
	if (push.skip) return "settled";
	if ((await deployed()).has(head)) return "settled";
	if (ctx.clock.now().getTime() - Date.parse(since) < inputs.graceSeconds * 1e3) return "waiting";
	if (!ctx.dryRun) await submit(push, around);
	return "started";
}
async function submit(push, { inputs, kube }) {
	const { namespace, appName, requestId, pushId, orderKey } = push;
	await requireNamespace(kube, namespace);
	if (await kube.create(workflowObject({
		namespace,
		requestId,
		template: inputs.template,
		namePrefix: appName,
		parameters: push.pipelineParameters,
		labels: { app: appName },
		subject: pushId,
		madeUpAt: orderKey
	})) === void 0) throw new RetryableError(`A workflow of the name that ${namespace} gave it was there already`);
}
function pushOf({ source, app }, head, since, { inputs }) {
	const { botAuthors, passOn } = inputs;
	return {
		repoUrl: source,
		appName: app,
		gitRef: head.ref,
		revision: head.commit,
		orderKey: since,
		botAuthors,
		passOn
	};
}
function toldOf({ project, app }, { ref, commit }) {
	return `${project}/${app} ${ref} ${commit}`;
}
// tools/steps/src/reconcile-pushes/run.ts
async function run(inputs, given) {
	const ctx = {
		...given,
		conventions: withProvider(inputs.forge, given.conventions)
	};
	const kube = await ctx.kubernetes.client();
	const memory = await openHeadsMemory(kube, inputs.headsNamespace);
	const sources = sourcesOn(ctx.conventions.config.default_git_provider, ctx.conventions).filter(({ project }) => inputs.projectName === void 0 || project === inputs.projectName);
	const [started, waiting] = [[], []];
	const problems = new Map();
	for (const application of sources) {
		const key = repositoriesKey(application);
		ctx.signal.throwIfAborted();
		try {
			const done = await reconcileRepository(application, memory.recall(key), {
				inputs,
				ctx,
				kube
			});
			for (const push of done.started) ctx.log.info(`${ctx.dryRun ? "would start" : "started"} ${push}`);
			for (const push of done.waiting) ctx.log.info(`the event may still come: ${push}`);
			started.push(...done.started);
			waiting.push(...done.waiting);
			if (!ctx.dryRun) await memory.keep(key, done.seen);
		} catch (error) {
			problems.set(application.source, error);
		}
	}
	if (problems.size > 0) throw notAll(problems);
	return {
		changed: started.length > 0 && !ctx.dryRun,
		outputs: {
			started,
			waiting,
			repositories: sources.length
		},
		summary: summaryOf(started.length, waiting.length, sources.length, ctx.dryRun)
	};
}
function notAll(problems) {
	const lines = [...problems].map(([source, error]) => `${source}: ${messageOf(error)}`);
	const message = `${problems.size === 1 ? "A repository" : `${problems.size} repositories`} could not be reconciled: ${lines.join("; ")}`;
	const [cause] = problems.values();
	if ([...problems.values()].some((error) => error instanceof RetryableError)) return new RetryableError(message, { cause });
	return new StepError(message, {
		cause,
		hint: "All others are done. One that is gone is left out of luban-repositories."
	});
}
function summaryOf(started, waiting, repositories, dryRun) {
	const looked = `${repositories} ${repositories === 1 ? "repository" : "repositories"}`;
	const late = waiting === 0 ? "" : `; ${waiting} may still come`;
	if (started === 0) return `nothing was lost in ${looked}${late}`;
	const pushes = `${started} ${started === 1 ? "push" : "pushes"}`;
	return dryRun ? `would make up for ${pushes} in ${looked}${late}` : `made up for ${pushes} in ${looked}${late}`;
}
export { run };
