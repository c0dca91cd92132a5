import { n as sourcePlace, r as withProvider } from "./chunk-gitops-place.mjs";
import { t as authorFor } from "./chunk-provenance.mjs";
import { t as dagsterValues } from "./chunk-dagster-values.mjs";
import { i as ensureContent, n as ensureRepository, r as branchesOf, t as removeRepository } from "./chunk-remove-repository.mjs";
import { n as setUpResult } from "./chunk-outcome.mjs";
import { a as shownAs, o as titleOf, r as openRepository } from "./chunk-repository-set-up.mjs";
import { Pt as InputError } from "./chunk-base.mjs";
import { t as showDifference } from "./chunk-show-difference.mjs";
import { t as step } from "./chunk-step10.mjs";
// tools/steps/src/set-up/webhook.ts
function usualAddress(provider, { config }) {
	const base = config.webhook_url;
	return base === void 0 ? void 0 : `${base.replace(/\/+$/, "")}/${provider}/push`;
}
function wantedWebhook(url, secret) {
	if (secret !== void 0) return {
		url,
		secret
	};
	throw new InputError(`A webhook to ${url} without a secret would be believed whoever sent it`, [{
		field: "webhookSecret",
		expected: "required: the secret that the receiver checks deliveries with"
	}]);
}
const events = ["push"];
async function ensureWebhook(setUp, { url, secret }, isThere) {
	const { forge, name, dryRun } = setUp;
	const found = isThere ? await forge.findWebhook(name, url) : void 0;
	const isSame = found?.active === true && found.events.length === 1 && found.events[0] === events[0];
	if (!dryRun) await forge.ensureWebhook(name, {
		url,
		secret,
		events
	});
	const title = `Webhook ${titleOf(setUp)} to ${url}`;
	if (isSame) return {
		name: title,
		outcome: "unchanged",
		diff: ""
	};
	const before = found && {
		events: [...found.events],
		active: found.active
	};
	const diff = showDifference(shownAs("Webhook", setUp), before, {
		events: [...events],
		active: true
	});
	return {
		name: title,
		outcome: found === void 0 ? "created" : "updated",
		diff
	};
}
async function removeWebhook(setUp, url) {
	const { forge, name, dryRun } = setUp;
	const title = `Webhook ${titleOf(setUp)} to ${url}`;
	const found = await forge.getRepository(name) === void 0 ? void 0 : await forge.findWebhook(name, url);
	if (found === void 0) return {
		name: title,
		outcome: "absent",
		diff: ""
	};
	if (!dryRun) await forge.deleteWebhook(name, url);
	const before = {
		events: [...found.events],
		active: found.active
	};
	return {
		name: title,
		outcome: "removed",
		diff: showDifference(shownAs("Webhook", setUp), before, void 0)
	};
}
// tools/steps/src/setup-source-repo/run.ts
async function run(inputs, ctx) {
	const setUp = await sourceSetUp(inputs, ctx);
	const hook = inputs.webhookUrl ?? usualAddress(setUp.forge.provider, ctx.conventions);
	const outcomes = inputs.remove ? await removeAll(setUp, hook) : await ensureAll(setUp, hook, inputs, ctx);
	const outputs = {
		repoUrl: setUp.url,
		webhookAddress: hook
	};
	return setUpResult(`The source repository ${setUp.url}`, outcomes, ctx.dryRun, outputs);
}
async function sourceSetUp(inputs, ctx) {
	const { projectName: project, appName: app, repoUrl, gitOrganization } = inputs;
	const conventions = withProvider(inputs.gitProvider, ctx.conventions);
	const url = repoUrl ?? sourcePlace({
		project,
		app
	}, { gitOrganization }, conventions);
	const mark = {
		step: step.id,
		owner: `${project}/${app}`
	};
	return openRepository(url, {
		mark,
		purpose: "Source repository",
		dryRun: ctx.dryRun
	}, ctx);
}
async function ensureAll(setUp, address, inputs, ctx) {
	const { template, templateValues } = inputs;
	const hook = address === void 0 ? void 0 : wantedWebhook(address, inputs.webhookSecret);
	const files = await ctx.templates.render(template, knownValues(inputs, ctx), templateValues);
	const { repository, ensured } = await ensureRepository(setUp);
	const isThere = repository !== void 0;
	if (hook === void 0) ctx.log.warn("There is no webhook: neither webhook-url nor webhook_url of luban-config is set");
	const hooks = hook === void 0 ? [] : [await ensureWebhook(setUp, hook, isThere)];
	if (isThere && (await branchesOf(setUp)).length > 0) return [ensured, ...hooks];
	const first = {
		branches: ["main"],
		files,
		message: `Begin with ${template}`,
		...authorFor(ctx.run)
	};
	return [
		ensured,
		...hooks,
		...(await ensureContent(setUp, repository, first)).outcomes
	];
}
async function removeAll(setUp, address) {
	return [...address === void 0 ? [] : [await removeWebhook(setUp, address)], await removeRepository(setUp)];
}
function knownValues({ projectName, appName }, { conventions, dagster }) {
	const { config } = conventions;
	const { python_index_url: indexUrl, python_index_name: indexName } = config;
	return {
		project_name: projectName,
		app_name: appName,
		container_port: String(config.default_container_port),
		...dagsterValues(dagster),
		...indexUrl === void 0 ? {} : { python_index_url: indexUrl },
		...indexName === void 0 ? {} : { python_index_name: indexName }
	};
}
export { run };
