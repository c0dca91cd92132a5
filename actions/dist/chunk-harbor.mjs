import { Ft as RetryableError, It as StepError, Mt as isLoopback, Nt as retryAfterSeconds, Pt as InputError, at as withPatience, bt as number, ht as boolean, jt as exchange, pt as array, wt as string, xt as object } from "./chunk-base.mjs";
// tools/harbor/src/schema.ts
const Project = object({
	project_id: number(),
	name: string(),
	metadata: object({ public: string().nullish() }).nullish()
});
const Access = object({
	resource: string(),
	action: string(),
	effect: string().nullish()
});
const Robot = object({
	id: number(),
	name: string(),
	description: string().nullish(),
	level: string(),
	disable: boolean().nullish(),
	duration: number().nullish(),
	permissions: array(object({
		kind: string(),
		namespace: string(),
		access: array(Access)
	})).nullish()
});
const RobotCreated = object({
	id: number(),
	name: string(),
	secret: string().min(1)
});
const RobotSecret = object({ secret: string().min(1) });
const Deletable = object({
	deletable: boolean(),
	message: string().nullish()
});
const Label = object({
	id: number(),
	name: string()
});
const Errors = object({ errors: array(object({
	code: string().nullish(),
	message: string()
})) });
// tools/harbor/src/harbor-failure.ts
function harborFailure(action, answer, now) {
	const { status } = answer;
	const what = `${action} failed: Harbor answered ${status}${wordsOf(answer)}`;
	if (status === 401) return new StepError(what, { hint: "Give user name and password of an account of this Harbor." });
	if (status === 403) return new StepError(what, { hint: "Give the account of a Harbor administrator, or a system robot that may do it." });
	if (status === 400 || status === 422) return new InputError(what);
	if (status === 408 || status === 429 || status >= 500) return new RetryableError(what, { retryAfterSeconds: retryAfterSeconds(answer.headers, now) });
	if (status >= 300 && status < 400) return new StepError(what, { hint: "It has moved; give its new address." });
	return new StepError(what);
}
function wordsOf(answer) {
	try {
		const { errors } = Errors.parse(JSON.parse(new TextDecoder().decode(answer.bytes)));
		return ` (${errors.map(({ message }) => message).join("; ").replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").slice(0, 300)})`;
	} catch {
		return "";
	}
}
// tools/harbor/src/harbor-api.ts
const limitBytes = 2e7;
const pageSize = 100;
const mostPages = 1e3;
function createHarborApi(options) {
	refusePlain(options.url);
	const send = (request) => sendPatiently(request, options);
	return {
		send,
		read: async (schema, request) => parsed(schema, await send(request), request.action),
		list: async (schema, request) => {
			const items = [];
			for (let page = 1; page <= mostPages; page += 1) {
				const query = {
					...request.query,
					page: String(page),
					page_size: String(pageSize)
				};
				const answer = await send({
					...request,
					method: "GET",
					query,
					expected: [200]
				});
				const found = parsed(schema, answer, request.action);
				items.push(...found);
				if (found.length < pageSize || items.length >= totalOf(answer)) return items;
			}
			throw new StepError(`${request.action} failed: the list has no end`);
		}
	};
}
async function sendPatiently(request, options) {
	const { clock, signal, random } = options;
	const outcome = await withPatience(() => sendOnce(request, options), {
		clock,
		signal,
		random
	});
	if ("doubt" in outcome) throw outcome.doubt;
	return outcome.answer;
}
async function sendOnce(request, options) {
	const isRepeatable = request.method !== "POST";
	try {
		const answer = await exchange(urlOf(request, options.url), initOf(request, options), {
			peer: `Harbor at ${new URL(options.url).host}`,
			timeoutSeconds: 30,
			limitBytes,
			fetch: options.fetch,
			signal: options.signal
		});
		if (request.expected.includes(answer.status)) return { answer };
		const failure = harborFailure(request.action, answer, options.clock.now());
		if (failure instanceof RetryableError && !isRepeatable && answer.status !== 429) return { doubt: failure };
		throw failure;
	} catch (error) {
		if (!isRepeatable && error instanceof RetryableError && error.cause !== void 0) return { doubt: error };
		throw error;
	}
}
function initOf({ method, body }, { username, password }) {
	return {
		method,
		headers: {
			accept: "application/json",
			authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
			"x-is-resource-name": "true",
			...body === void 0 ? {} : { "content-type": "application/json" }
		},
		redirect: "manual",
		...body === void 0 ? {} : { body: JSON.stringify(body) }
	};
}
function urlOf({ path, query = {} }, root) {
	const url = new URL(`${root.replace(/\/+$/, "")}/api/v2.0/${path.map(encodeURIComponent).join("/")}`);
	url.search = new URLSearchParams(query).toString();
	return url.href;
}
function totalOf(answer) {
	const total = Number(answer.headers.get("x-total-count") ?? NaN);
	return Number.isFinite(total) ? total : Number.POSITIVE_INFINITY;
}
function parsed(schema, answer, action) {
	try {
		return schema.parse(JSON.parse(new TextDecoder().decode(answer.bytes)));
	} catch (cause) {
		throw new StepError(`${action} failed: the answer is not one of Harbor's`, {
			cause,
			hint: "See that the address is that of Harbor and not of something in front of it, such as a login page."
		});
	}
}
function refusePlain(address) {
	const url = URL.parse(address);
	if (url?.protocol === "https:" || url?.protocol === "http:" && isLoopback(url.host)) return;
	throw new InputError(`Harbor cannot be spoken to at ${address}`, [{
		field: "harborUrl",
		expected: "expected an https address; only this machine is spoken to without TLS"
	}]);
}
// tools/harbor/src/robots.ts
const noEnd = -1;
function robotCalls(api) {
	return {
		listRobots: async (project) => {
			return (await api.list(array(Robot), {
				path: ["robots"],
				action: `Listing the robots of ${project.name}`,
				query: { q: `Level=project,ProjectID=${project.id}` }
			})).map((robot) => robotFrom(robot, project));
		},
		createRobot: (project, wanted) => {
			const action = `Creating the robot ${wanted.name} of ${project.name}`;
			const body = {
				...described(project, wanted),
				name: wanted.name
			};
			return api.read(RobotCreated, {
				method: "POST",
				path: ["robots"],
				action,
				body,
				expected: [201]
			}).then(({ id, name, secret }) => ({
				id,
				login: name,
				secret
			}));
		},
		updateRobot: async (project, robot, wanted) => {
			const action = `Changing the robot ${robot.login}`;
			const body = {
				...described(project, wanted),
				id: robot.id,
				name: robot.login
			};
			await api.send({
				method: "PUT",
				path: ["robots", String(robot.id)],
				action,
				body,
				expected: [200]
			});
		},
		refreshRobot: async ({ id, login }) => {
			const path = ["robots", String(id)];
			const action = `Giving the robot ${login} a new secret`;
			const { secret } = await api.read(RobotSecret, {
				method: "PATCH",
				path,
				action,
				body: { secret: "" },
				expected: [200]
			});
			return {
				id,
				login,
				secret
			};
		},
		deleteRobot: async ({ id, login }) => {
			const action = `Removing the robot ${login}`;
			await api.send({
				method: "DELETE",
				path: ["robots", String(id)],
				action,
				expected: [200, 404]
			});
		}
	};
}
function described({ name: namespace }, { description, actions }) {
	const permissions = [{
		kind: "project",
		namespace,
		access: actions.map((action) => ({
			resource: "repository",
			action
		}))
	}];
	return {
		description,
		level: "project",
		disable: false,
		duration: noEnd,
		permissions
	};
}
function robotFrom(robot, project) {
	const permissions = robot.permissions ?? [];
	const access = permissions.flatMap((each) => each.access);
	const actions = access.flatMap(({ action }) => isRobotAction(action) ? [action] : []).toSorted();
	const isOfProject = permissions.every(({ kind, namespace }) => kind === "project" && namespace === project.name);
	const isOfRepositories = access.every(({ resource, action, effect }) => resource === "repository" && isRobotAction(action) && effect !== "deny");
	return {
		id: robot.id,
		login: robot.name,
		name: robot.name.slice(robot.name.lastIndexOf("+") + 1),
		description: robot.description ?? "",
		actions,
		isEnabled: robot.disable !== true,
		isPlain: isOfProject && isOfRepositories && (robot.duration ?? noEnd) === noEnd
	};
}
function isRobotAction(action) {
	return action === "pull" || action === "push";
}
// tools/harbor/src/create-harbor.ts
function createHarbor(options) {
	const api = createHarborApi(options);
	const findProject = (name) => findByName(api, name);
	return {
		...robotCalls(api),
		...labelCalls(api),
		findProject,
		createProject: async (name, { isPublic }) => {
			const action = `Creating the Harbor project ${name}`;
			const body = {
				project_name: name,
				metadata: { public: String(isPublic) }
			};
			const { status } = await api.send({
				method: "POST",
				path: ["projects"],
				action,
				body,
				expected: [201, 409]
			});
			const value = await findProject(name);
			if (value === void 0) throw new Error(`Harbor has no project ${name} after creating it`);
			return {
				changed: status === 201,
				value
			};
		},
		setVisibility: async ({ name }, isPublic) => {
			const action = `Changing who may see the Harbor project ${name}`;
			const body = { metadata: { public: String(isPublic) } };
			await api.send({
				method: "PUT",
				path: ["projects", name],
				action,
				body,
				expected: [200]
			});
		},
		whyNotDeletable: async ({ name }) => {
			const path = [
				"projects",
				name,
				"_deletable"
			];
			const action = `Asking whether the Harbor project ${name} can be removed`;
			const { deletable, message } = await api.read(Deletable, {
				method: "GET",
				path,
				action,
				expected: [200]
			});
			return deletable ? void 0 : message ?? "Harbor does not say why";
		},
		deleteProject: async ({ name }) => {
			const action = `Removing the Harbor project ${name}`;
			await api.send({
				method: "DELETE",
				path: ["projects", name],
				action,
				expected: [200, 404]
			});
		}
	};
}
async function findByName(api, name) {
	const action = `Looking for the Harbor project ${name}`;
	const project = (await api.list(array(Project), {
		path: ["projects"],
		action,
		query: { q: `name=${name}` }
	})).find((each) => each.name === name);
	if (project === void 0) return void 0;
	return {
		id: project.project_id,
		name,
		isPublic: project.metadata?.public === "true"
	};
}
function labelCalls(api) {
	return {
		findLabel: async (name) => {
			const action = `Looking for the Harbor label ${name}`;
			return (await api.list(array(Label), {
				path: ["labels"],
				action,
				query: {
					name,
					scope: "g"
				}
			})).find((each) => each.name === name);
		},
		createLabel: async (name, description) => {
			const action = `Creating the Harbor label ${name}`;
			const body = {
				name,
				description,
				scope: "g"
			};
			await api.send({
				method: "POST",
				path: ["labels"],
				action,
				body,
				expected: [201, 409]
			});
		},
		deleteLabel: async ({ id, name }) => {
			const action = `Removing the Harbor label ${name}`;
			await api.send({
				method: "DELETE",
				path: ["labels", String(id)],
				action,
				expected: [200, 404]
			});
		}
	};
}
export { createHarbor };
