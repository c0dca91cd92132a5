import { Pt as InputError, U as DnsLabel, l as parseRepositoryUrl } from "./chunk-base.mjs";
import { n as isCommitId } from "./chunk-commit-of.mjs";
import { t as imageTagOf } from "./chunk-image-tag.mjs";
import { n as repositoryIdentity, t as isSameRepository } from "./chunk-same-repository.mjs";
import { t as gitopsRepositoryFor } from "./chunk-sibling-repository.mjs";
import { n as configuredProvider, t as configuredHosts } from "./chunk-configured-provider.mjs";
import { t as fillPattern } from "./chunk-name-pattern.mjs";
// tools/steps/src/pushes/application-of.ts
function applicationOf(repoUrl, url, appName, conventions) {
	const registered = conventions.applications.filter(({ source }) => isSameRepository(source, repoUrl));
	const [only, another] = registered.filter(({ app }) => appName === void 0 || app === appName);
	if (only !== void 0 && another === void 0) return {
		project: only.project,
		app: only.app
	};
	if (registered.length > 0) throw notThatOne(repoUrl, appName, registered);
	return {
		project: label(url.azure?.project ?? url.owner.split("/")[0] ?? url.owner, "project", repoUrl),
		app: label(appName ?? url.repository, "application", repoUrl)
	};
}
function notThatOne(repoUrl, appName, registered) {
	const names = registered.map(({ project, app }) => `${project}/${app}`).join(", ");
	const what = appName === void 0 ? "Several applications are" : `No single application ${appName} is`;
	return new InputError(`${what} registered for ${repoUrl}`, [{
		field: "appName",
		expected: `expected the name of one of ${names}`
	}]);
}
function label(text, purpose, repoUrl) {
	const name = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "");
	if (DnsLabel.safeParse(name).success) return name;
	throw new InputError(`The name of ${repoUrl} gives no name for the ${purpose}: "${name}" (${name.length} characters)`, [{
		field: "repoUrl",
		expected: "expected a repository whose owner and name can be turned into DNS labels"
	}], { hint: "Register the application in luban-repositories under a name of your choice." });
}
// tools/steps/src/pushes/known-host.ts
function requireKnownHost(url, config) {
	if (configuredProvider(url, config) !== void 0) return;
	throw new InputError(`${url.host} is not one of the git servers in luban-config`, [{
		field: "repoUrl",
		expected: `expected a repository on ${configuredHosts(config).join(", ")}`
	}]);
}
// tools/steps/src/pushes/skip-reason.ts
function skipReasonOfPush({ gitRef, revision, repoUrl }, conventions) {
	if (/^0+$/.test(revision)) return `${gitRef || "the ref"} was deleted`;
	if (gitRef !== "" && !/^refs\/(heads|tags)\/./.test(gitRef)) return `${gitRef} is neither a branch nor a tag`;
	const { path, repository } = parseRepositoryUrl(repoUrl);
	if (isNamedAsGitops(repository, conventions) || isRegisteredAsGitops(repoUrl, conventions)) return `${path} is a GitOps repository`;
}
const skipMarks = /\[(skip ci|ci skip|no ci|skip luban)\]/i;
function skipReasonOfCommit(commit, botAuthors) {
	const [mark] = skipMarks.exec(commit.message) ?? [];
	if (mark !== void 0) return `the commit message says ${mark}`;
	const bot = botAuthors.find((name) => name === commit.author.name || name === commit.author.email);
	return bot === void 0 ? void 0 : `the commit was made by ${bot}`;
}
function isNamedAsGitops(repository, { config }) {
	const any = "\0";
	const parts = fillPattern(config.gitops_repository_pattern, {
		app: any,
		project: any
	}).split(any).map((part) => RegExp.escape(part));
	return new RegExp(`^${parts.join(".+")}$`).test(repository);
}
function isRegisteredAsGitops(repoUrl, { applications }) {
	return applications.some(({ gitops }) => gitops !== void 0 && isSameRepository(gitops, repoUrl));
}
// tools/steps/src/pushes/resolve-push.ts
async function resolvePush(given, { conventions, git }) {
	const repoUrl = withoutUser(given.repoUrl);
	const url = parseRepositoryUrl(repoUrl);
	requireKnownHost(url, conventions.config);
	const noPush = skipReasonOfPush({
		...given,
		repoUrl
	}, conventions);
	if (noPush !== void 0) return {
		skip: true,
		reason: noPush
	};
	const name = applicationOf(repoUrl, url, given.appName, conventions);
	const { gitRef, revision } = await pushedCommit({
		...given,
		repoUrl
	}, git);
	const isTag = gitRef.startsWith("refs/tags/");
	const commit = await git.of(repoUrl).readCommit(repoUrl, revision);
	const noCommit = isTag ? void 0 : skipReasonOfCommit(commit, given.botAuthors);
	if (noCommit !== void 0) return {
		skip: true,
		reason: noCommit
	};
	const imageTag = given.tag ?? imageTagOf(gitRef, revision);
	const gitopsRepoUrl = gitopsRepositoryFor(repoUrl, name, conventions);
	const { orderKey } = given;
	return {
		skip: false,
		reason: `${name.project}/${name.app} at ${revision}, image tag ${imageTag}`,
		mode: isTag ? "tag" : "commit",
		repoUrl,
		gitRef,
		revision,
		imageTag,
		gitopsRepoUrl,
		orderKey,
		projectName: name.project,
		appName: name.app,
		namespace: conventions.buildNamespaceOf(name.project),
		image: conventions.imageOf(name),
		requestId: [
			repoUrl,
			gitRef,
			revision,
			orderKey
		].join(" "),
		pushId: pushIdOf({
			repoUrl,
			gitRef,
			revision
		}),
		pipelineParameters: {
			...given.passOn,
			...given.requestedBy === void 0 ? {} : { requested_by: given.requestedBy },
			repo_url: repoUrl,
			revision,
			git_ref: gitRef,
			project_name: name.project,
			app_name: name.app,
			tag: imageTag,
			gitops_repo_url: gitopsRepoUrl,
			order_key: orderKey
		}
	};
}
function pushIdOf(push) {
	return [
		repositoryIdentity(push.repoUrl),
		push.gitRef,
		push.revision
	].join(" ");
}
function withoutUser(repoUrl) {
	return repoUrl.replace(/^(https?:\/\/)[^/@]*@/, "$1");
}
async function pushedCommit({ repoUrl, gitRef, revision }, git) {
	if (isCommitId(revision) && !gitRef.startsWith("refs/tags/")) return {
		gitRef,
		revision
	};
	const wanted = gitRef || revision || "HEAD";
	const { commit, ref } = await git.of(repoUrl).resolveRef(repoUrl, wanted);
	return {
		gitRef: ref ?? gitRef,
		revision: commit
	};
}
export { resolvePush as n, pushIdOf as t };
