import { n as setUpResult } from "./chunk-outcome.mjs";
import { t as showDifference } from "./chunk-show-difference.mjs";
import { Ft as RetryableError, St as record, wt as string, xt as object } from "./chunk-base.mjs";
import { t as ensureObject } from "./chunk-ensure-object.mjs";
import { t as removeObject } from "./chunk-remove-object.mjs";
import { t as step } from "./chunk-step6.mjs";
// tools/steps/src/setup-harbor-project/ensure-project.ts
function noteOf(project) {
	return `luban-ci/${project}`;
}
async function ensureProject(harbor, { name, isPublic, dryRun }) {
	const found = await harbor.findProject(name);
	const told = (outcome) => ({
		name: `HarborProject ${name}`,
		outcome,
		diff: showProject(name, found, outcome === "unchanged" ? found : { isPublic })
	});
	if (found?.isPublic === isPublic) return {
		project: found,
		ensured: told("unchanged")
	};
	if (dryRun) return {
		project: found,
		ensured: told(found === void 0 ? "created" : "updated")
	};
	if (found !== void 0) {
		await harbor.setVisibility(found, isPublic);
		return {
			project: {
				...found,
				isPublic
			},
			ensured: told("updated")
		};
	}
	await harbor.createLabel(noteOf(name), "This project was made by setup-harbor-project of Luban CI");
	const { value } = await harbor.createProject(name, { isPublic });
	return {
		project: value,
		ensured: told("created")
	};
}
async function removeProject(harbor, name, dryRun) {
	const [project, note] = [await harbor.findProject(name), await harbor.findLabel(noteOf(name))];
	const told = (outcome, why = "") => ({
		name: `HarborProject ${name}${why}`,
		outcome,
		diff: outcome === "removed" ? showProject(name, project, void 0) : ""
	});
	if (project === void 0) {
		if (note !== void 0 && !dryRun) await harbor.deleteLabel(note);
		return [told("absent")];
	}
	if (note === void 0) return [told("foreign")];
	const why = await harbor.whyNotDeletable(project);
	if (why !== void 0) return [told("foreign", ` (${why})`)];
	if (!dryRun) {
		await harbor.deleteProject(project);
		await harbor.deleteLabel(note);
	}
	return [told("removed")];
}
function showProject(name, before, after) {
	if (before === after) return "";
	const fields = (each) => each === void 0 ? void 0 : { isPublic: each.isPublic };
	return showDifference({
		kind: "HarborProject",
		name
	}, fields(before), fields(after));
}
// tools/steps/src/setup-harbor-project/robot-secret.ts
function projectRobots(pullSecret) {
	return [{
		name: "luban-push",
		description: "Luban CI builds with it",
		actions: ["pull", "push"],
		secret: "harbor-creds"
	}, {
		name: "luban-pull",
		description: "Clusters pull with it",
		actions: ["pull"],
		secret: pullSecret
	}];
}
const robotAnnotation = "luban-ci.io/robot-id";
const pending = "pending";
function robotSecret({ name, namespace }, registry, robot) {
	const auth = Buffer.from(`${robot.login}:${robot.secret}`).toString("base64");
	const config = { auths: { [registry]: {
		username: robot.login,
		password: robot.secret,
		auth
	} } };
	const data = { ".dockerconfigjson": Buffer.from(JSON.stringify(config)).toString("base64") };
	return {
		apiVersion: "v1",
		kind: "Secret",
		metadata: {
			name,
			namespace,
			annotations: { [robotAnnotation]: String(robot.id) }
		},
		type: "kubernetes.io/dockerconfigjson",
		data
	};
}
const Stored = object({ data: object({ ".dockerconfigjson": string() }) });
const DockerConfig = object({ auths: record(string(), object({ username: string() })) });
function isFor(secret, registry, robot) {
	if (secret?.metadata.annotations?.["luban-ci.io/robot-id"] !== String(robot.id)) return false;
	return loginAt(secret, registry) === robot.login;
}
function loginAt(secret, registry) {
	try {
		const { data } = Stored.parse(secret);
		const text = Buffer.from(data[".dockerconfigjson"], "base64").toString("utf8");
		return DockerConfig.parse(JSON.parse(text)).auths[registry]?.username;
	} catch {
		return;
	}
}
// tools/steps/src/setup-harbor-project/ensure-robot.ts
async function ensureRobot(setUp, wanted) {
	const { harbor, kube, project, registry, namespace } = setUp;
	const place = {
		apiVersion: "v1",
		kind: "Secret",
		name: `${setUp.projectName}-${wanted.secret}`,
		namespace
	};
	const robot = (project === void 0 ? [] : await harbor.listRobots(project)).find(({ name }) => name === wanted.name);
	const secret = await kube.read(place);
	const ensured = await ensureRights(setUp, wanted, robot);
	if (robot !== void 0 && !setUp.rotate && isFor(secret, registry, robot)) return [ensured];
	const issued = setUp.dryRun ? planned(setUp, wanted, robot) : await issueSecret(setUp, wanted, robot, secret);
	return [ensured, await ensureObject(kube, robotSecret(place, registry, issued), setUp)];
}
async function ensureRights(setUp, wanted, robot) {
	const { harbor, project, dryRun } = setUp;
	const shown = {
		kind: "HarborRobot",
		name: `${setUp.projectName}-${wanted.name}`
	};
	const name = `HarborRobot ${setUp.projectName}/${wanted.name}`;
	const after = {
		description: wanted.description,
		actions: wanted.actions,
		isEnabled: true
	};
	if (robot === void 0) return {
		name,
		outcome: "created",
		diff: showDifference(shown, void 0, after)
	};
	const before = {
		description: robot.description,
		actions: robot.actions,
		isEnabled: robot.isEnabled
	};
	if (robot.isPlain && JSON.stringify(before) === JSON.stringify(after)) return {
		name,
		outcome: "unchanged",
		diff: ""
	};
	if (!dryRun && project !== void 0) await harbor.updateRobot(project, robot, wanted);
	return {
		name,
		outcome: "updated",
		diff: showDifference(shown, {
			...before,
			isPlain: robot.isPlain
		}, after)
	};
}
async function issueSecret({ harbor, kube, project, hide }, wanted, robot, kept) {
	if (project === void 0) throw new Error("a robot needs a project");
	if (kept !== void 0) await makeVoid(kube, kept);
	const issued = await (robot === void 0 ? harbor.createRobot(project, wanted) : harbor.refreshRobot(robot));
	hide(issued.secret);
	return issued;
}
async function makeVoid(kube, secret) {
	const annotations = {
		...secret.metadata.annotations,
		[robotAnnotation]: pending
	};
	if (await kube.replace({
		...secret,
		metadata: {
			...secret.metadata,
			annotations
		}
	}) === void 0) throw new RetryableError(`The Secret ${secret.metadata.name} was changed by somebody else`);
}
function planned({ projectName }, { name }, robot) {
	return {
		id: robot?.id ?? 0,
		login: robot?.login ?? `robot$${projectName}+${name}`,
		secret: "to be issued"
	};
}
// tools/steps/src/setup-harbor-project/remove-robots.ts
async function removeRobots(removal, robots) {
	const { harbor, kube, projectName, namespace, dryRun } = removal;
	const project = await harbor.findProject(projectName);
	const listed = project === void 0 ? [] : await harbor.listRobots(project);
	const outcomes = [];
	for (const { name, secret } of robots) {
		const place = {
			apiVersion: "v1",
			kind: "Secret",
			name: `${projectName}-${secret}`,
			namespace
		};
		outcomes.push(await removeObject(kube, place, removal));
		const robot = listed.find((each) => each.name === name);
		if (robot !== void 0 && !dryRun) await harbor.deleteRobot(robot);
		const { description = "", actions = [] } = robot ?? {};
		const shown = {
			kind: "HarborRobot",
			name: `${projectName}-${name}`
		};
		outcomes.push({
			name: `HarborRobot ${projectName}/${name}`,
			outcome: robot === void 0 ? "absent" : "removed",
			diff: robot === void 0 ? "" : showDifference(shown, {
				description,
				actions
			}, void 0)
		});
	}
	return outcomes;
}
// tools/steps/src/setup-harbor-project/run.ts
async function run(inputs, ctx) {
	const { projectName } = inputs;
	const { config } = ctx.conventions;
	const harbor = await ctx.harbor.at(config.harbor_url ?? `https://${config.registry_server}`);
	const outcomes = inputs.remove ? await removeAll(harbor, inputs, ctx) : await ensureAll(harbor, inputs, ctx);
	const registryProject = `${config.registry_server}/${projectName}`;
	return setUpResult(`The registry project ${registryProject}`, outcomes, ctx.dryRun, { registryProject });
}
async function ensureAll(harbor, inputs, ctx) {
	const { projectName, robots, rotateRobots: rotate, secretNamespace: namespace } = inputs;
	const { conventions, dryRun } = ctx;
	const { project, ensured } = await ensureProject(harbor, {
		name: projectName,
		isPublic: inputs.registryVisibility === "public",
		dryRun
	});
	if (!robots) return [ensured];
	const { registry_server: registry, image_pull_secret: pullSecret } = conventions.config;
	const kube = await ctx.kubernetes.client();
	const hide = (secret) => ctx.hide?.(secret);
	const setUp = {
		harbor,
		kube,
		project,
		projectName,
		registry,
		namespace,
		rotate,
		mark: markOf(inputs),
		dryRun,
		hide
	};
	const outcomes = [ensured];
	for (const robot of projectRobots(pullSecret)) outcomes.push(...await ensureRobot(setUp, robot));
	return outcomes;
}
async function removeAll(harbor, inputs, ctx) {
	const { projectName, secretNamespace: namespace } = inputs;
	const { conventions, dryRun } = ctx;
	return [...await removeRobots({
		harbor,
		kube: await ctx.kubernetes.client(),
		projectName,
		namespace,
		mark: markOf(inputs),
		dryRun
	}, projectRobots(conventions.config.image_pull_secret)), ...await removeProject(harbor, projectName, dryRun)];
}
function markOf({ projectName }) {
	return {
		step: step.id,
		owner: projectName
	};
}
export { run };
