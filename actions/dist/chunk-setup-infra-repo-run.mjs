import { f as setUpFilesEdit, h as setUpRecordName, m as readSetUpRecord, s as applyEdits } from "./chunk-edits.mjs";
import { i as withRecorded, n as infraSetUp, r as ensureFiles, t as infraName } from "./chunk-infra-place.mjs";
import { t as authorFor } from "./chunk-provenance.mjs";
import { i as ensureContent, n as ensureRepository, t as removeRepository } from "./chunk-remove-repository.mjs";
import { n as setUpResult, t as awaitingMerge } from "./chunk-outcome.mjs";
import { o as titleOf } from "./chunk-repository-set-up.mjs";
import { t as platformNamespace } from "./chunk-platform.mjs";
import { t as step } from "./chunk-step7.mjs";
// tools/steps/src/setup-infra-repo/known-values.ts
function knownValues({ url, name, branch, provider, conventions: { config } }) {
	const isAzure = provider === "azure" || provider === "ado";
	return {
		repo_name: name.repository,
		repo_url: url,
		repo_branch: branch,
		argocd_namespace: config.argocd_namespace,
		secret_namespace: platformNamespace,
		image_pull_secret: config.image_pull_secret,
		git_secrets: `${provider}-creds`,
		ssh_secrets: isAzure ? `${provider}-ssh-creds` : "",
		ado_ssh_host: config.ado_server ?? "",
		kpack_builds: String(config.kpack_builds),
		namespace_quota: JSON.stringify(config.namespace_quota),
		container_requests: JSON.stringify(config.container_requests),
		network_policy: config.network_policy,
		network_policy_allow_from: [...new Set(config.network_policy_allow_from)].toSorted().join(" ")
	};
}
// tools/steps/src/setup-infra-repo/run.ts
async function run(inputs, ctx) {
	const { project, app } = infraName(inputs, ctx.conventions);
	const setUp = await infraSetUp(inputs, step.id, `${project}/${app}`, ctx);
	const { url: infraRepoUrl } = setUp;
	const { outcomes, waitsFor } = inputs.remove ? { outcomes: [await removeRepository(setUp)] } : await ensureAll(setUp, inputs, ctx);
	const outputs = {
		infraRepoUrl,
		pullRequestUrl: waitsFor
	};
	return awaitingMerge(setUpResult(`The infra repository ${infraRepoUrl}`, outcomes, ctx.dryRun, outputs), waitsFor);
}
async function ensureAll(setUp, inputs, ctx) {
	const template = inputs.template ?? `infra-${inputs.infraType}-base`;
	const files = await ctx.templates.render(template, knownValues(setUp), inputs.templateValues);
	const message = `Begin with ${template}`;
	const { repository, ensured } = await ensureRepository(setUp);
	const content = await ensureContent(setUp, repository, {
		branches: [setUp.branch],
		files: asWritten(files),
		message,
		...authorFor(ctx.run)
	});
	const outcomes = [ensured, ...content.outcomes];
	if (content.wasEmpty || ctx.dryRun && content.missing.length > 0) return { outcomes };
	const base = await ensureBase(setUp, files, {
		template,
		inputs,
		ctx
	});
	return {
		...base,
		outcomes: [...outcomes, ...base.outcomes]
	};
}
function asWritten(files) {
	const { changes } = applyEdits([setUpFilesEdit(setUpRecordName, files)], new Map());
	const written = [...changes].flatMap(([path, file]) => file === void 0 ? [] : [[path, file]]);
	return new Map(written);
}
async function ensureBase(setUp, files, { template, inputs, ctx }) {
	const branch = `refs/heads/${setUp.branch}`;
	const { files: recorded } = await setUp.git.readFiles(setUp.url, branch, [setUpRecordName]);
	const wanted = withRecorded(files, readSetUpRecord(recorded, setUpRecordName).keys());
	const { files: present } = await setUp.git.readFiles(setUp.url, branch, [setUpRecordName, ...wanted.keys()]);
	const { mode, deadlineSeconds } = inputs;
	const about = {
		record: setUpRecordName,
		files: wanted,
		source: "luban/infra-base",
		mode,
		deadlineSeconds
	};
	const name = `Files ${titleOf(setUp)} on ${setUp.branch}`;
	const message = `Bring the files of ${template} up to date`;
	return ensureFiles(setUp, {
		...about,
		name,
		message,
		...authorFor(ctx.run)
	}, present);
}
export { run };
