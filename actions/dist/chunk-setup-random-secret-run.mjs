import { O as randomBytes } from "./chunk-base.mjs";
import { t as ensureObject } from "./chunk-ensure-object.mjs";
import { t as removeObject } from "./chunk-remove-object.mjs";
import { t as requireCluster } from "./chunk-cluster-of-environment.mjs";
import { n as setUpResult } from "./chunk-outcome.mjs";
import { t as step } from "./chunk-step9.mjs";
// tools/steps/src/setup-random-secret/run.ts
async function run(inputs, ctx) {
	const { projectName: project, appName: app, deployEnv: env, secretName: name, secretKeys } = inputs;
	requireCluster(env, ctx.conventions, ctx.kubernetes.kubeconfig);
	const kube = await ctx.kubernetes.client();
	const mark = {
		step: step.id,
		owner: `${project}/${app}`
	};
	const namespace = ctx.conventions.namespaceOf(env, project);
	const { dryRun } = ctx;
	const object = {
		apiVersion: "v1",
		kind: "Secret",
		name,
		namespace
	};
	const outcome = inputs.remove ? await removeObject(kube, object, {
		mark,
		dryRun
	}) : await ensureObject(kube, wantedSecret(object, secretKeys, ctx), {
		mark,
		dryRun,
		initial: ["data"]
	});
	const secretName = `${namespace}/${name}`;
	return setUpResult(`The Secret ${secretName}`, [outcome], dryRun, { secretName });
}
function wantedSecret({ name, namespace }, keys, { hide }) {
	const values = keys.map((key) => {
		const value = randomBytes(24).toString("hex");
		hide?.(value);
		return [key, Buffer.from(value).toString("base64")];
	});
	return {
		apiVersion: "v1",
		kind: "Secret",
		type: "Opaque",
		metadata: {
			name,
			namespace
		},
		data: Object.fromEntries(values)
	};
}
export { run };
