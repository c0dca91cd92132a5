import { $ as rm, At as connectionFailure, C as isDigest, Ft as RetryableError, It as StepError, Mt as isLoopback, Nt as retryAfterSeconds, Pt as InputError, Q as rename, S as digestOf, St as record, X as readdir, Y as readFile, _ as formatReference, at as withPatience, b as isTag, bt as number, jt as exchange, k as randomUUID, pt as array, q as mkdir, st as silentLog, tt as writeFile, w as createHash, wt as string, xt as object } from "./chunk-base.mjs";
import { a as parsedJson, i as parseManifest, n as acceptedManifests, o as pickPlatform, t as ImageConfig } from "./chunk-manifest.mjs";
import { join } from "node:path";
// tools/images/src/credentials.ts
const Entry = object({
	auth: string().optional(),
	username: string().optional(),
	password: string().optional(),
	identitytoken: string().optional(),
	registrytoken: string().optional()
});
const DockerConfig = object({
	auths: record(string(), Entry.nullish().transform((entry) => entry ?? {})).optional(),
	credHelpers: record(string(), string()).optional(),
	credsStore: string().optional()
});
function credentialsFromDockerConfig(text) {
	const config = parseConfig(text);
	return (registry) => {
		const entry = entryOf(config.auths ?? {}, registry);
		const helper = entryOf(config.credHelpers ?? {}, registry) ?? (isEmpty(entry) ? config.credsStore : void 0);
		if (helper) throw unsupportedHelper(registry, helper);
		return entry === void 0 ? void 0 : credentialsOf(entry, registry);
	};
}
const anonymous = () => void 0;
function parseConfig(text) {
	try {
		return DockerConfig.parse(JSON.parse(text));
	} catch {
		throw new InputError("The docker configuration cannot be read: expected JSON with an object \"auths\"");
	}
}
function entryOf(entries, registry) {
	const hosts = registry === "docker.io" ? ["index.docker.io", "docker.io"] : [registry];
	const keys = Object.keys(entries);
	const key = keys.find((each) => hosts.includes(each)) ?? keys.find((each) => hosts.includes(hostOfKey(each)));
	return key === void 0 ? void 0 : entries[key];
}
function hostOfKey(key) {
	return key.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}
function isEmpty(entry) {
	return entry !== void 0 && Object.values(entry).every((value) => value === void 0 || value === "");
}
function unsupportedHelper(registry, helper) {
	return new StepError(`The credentials of ${registry} are with docker-credential-${helper}, which is not supported`, { hint: `Write them into "auths" of the docker configuration, for example as a Secret of type kubernetes.io/dockerconfigjson.` });
}
function credentialsOf(entry, registry) {
	if (entry.registrytoken) return {
		kind: "registry-token",
		token: entry.registrytoken
	};
	if (entry.identitytoken) return {
		kind: "identity-token",
		token: entry.identitytoken
	};
	const { username, password } = entry.auth ? decodedAuth(entry.auth, registry) : entry;
	if (username === "<token>" && password) return {
		kind: "identity-token",
		token: password
	};
	if (!username || password === void 0) return void 0;
	return {
		kind: "basic",
		username,
		password
	};
}
function decodedAuth(auth, registry) {
	const text = Buffer.from(auth, "base64").toString("utf8").replace(/\0+$/, "");
	const colon = text.indexOf(":");
	if (colon < 1) throw new StepError(`The docker configuration's "auth" of ${registry} is not base64 of user:password`, { hint: "Write it anew with `docker login`, or give username and password." });
	return {
		username: text.slice(0, colon),
		password: text.slice(colon + 1)
	};
}
// tools/images/src/body.ts
async function* chunksOf(response, session, { what, limitBytes }) {
	const reader = response.body?.getReader();
	if (reader === void 0) return;
	let size = 0;
	try {
		for (;;) {
			const { done, value } = await nextChunk(reader, session, what);
			if (done) break;
			size += value.byteLength;
			if (size > limitBytes) throw new StepError(`${what} is longer than the ${limitBytes} bytes that were expected`);
			yield value;
		}
	} finally {
		await reader.cancel().catch(() => {});
	}
	const announced = response.headers.get("content-length");
	const isEncoded = response.headers.has("content-encoding");
	if (announced !== null && !isEncoded && Number(announced) !== size) throw new RetryableError(`${what} ended after ${size} of ${announced} bytes`);
}
async function bodyOf(response, session, limits) {
	const chunks = [];
	for await (const chunk of chunksOf(response, session, limits)) chunks.push(chunk);
	return Buffer.concat(chunks);
}
async function nextChunk(reader, session, what) {
	const { promise: stalled, reject } = Promise.withResolvers();
	const timer = setTimeout(() => reject(new RetryableError(`${what} stopped arriving for ${session.timeoutSeconds} s`)), session.timeoutSeconds * 1e3);
	try {
		const read = await Promise.race([reader.read(), stalled]);
		return read.done ? {
			done: true,
			value: void 0
		} : {
			done: false,
			value: read.value
		};
	} catch (error) {
		if (error instanceof RetryableError) throw error;
		throw connectionFailure(error, `the registry while reading: ${what}`);
	} finally {
		clearTimeout(timer);
	}
}
// tools/images/src/blobs.ts
const defaultLimitBytes = 67108864;
async function hasBlob(session, repository, digest) {
	return (await session.send({
		...blobRequest(repository, digest, "Looking for"),
		method: "HEAD",
		expected: [200, 404]
	})).status === 200;
}
async function openBlob(session, repository, digest) {
	const response = await fetchBlob(session, repository, digest);
	if (response === void 0) return void 0;
	const length = response.headers.get("content-length");
	return {
		size: length === null ? void 0 : Number(length),
		content: verified(response, session, nameOf$3(repository, digest), digest)
	};
}
async function readBlob(session, repository, digest, limitBytes = defaultLimitBytes) {
	const response = await fetchBlob(session, repository, digest);
	if (response === void 0) return void 0;
	const what = nameOf$3(repository, digest);
	const bytes = await bodyOf(response, session, {
		what,
		limitBytes
	});
	if (digestOf(bytes) !== digest) throw wrongContent(what);
	return bytes;
}
async function fetchBlob(session, repository, digest) {
	const request = blobRequest(repository, digest, "Reading");
	const response = await session.send({
		...request,
		method: "GET",
		expected: [200, 404]
	});
	if (response.status === 200) return response;
	await response.body?.cancel();
}
async function uploadBlob(session, repository, blob) {
	const digest = "bytes" in blob ? digestOf(blob.bytes) : blob.digest;
	if (await hasBlob(session, repository, digest)) return { changed: false };
	const request = {
		...pushRequest(repository),
		action: `Uploading ${nameOf$3(repository, digest)}`
	};
	const started = await session.send({
		...request,
		method: "POST",
		target: `/v2/${repository.path}/blobs/uploads/`,
		headers: { "content-length": "0" },
		expected: [202]
	});
	await started.body?.cancel();
	await finishUpload(session, request, started, blob, digest);
	return { changed: true };
}
async function mountBlob(session, repository, digest, from) {
	if (!isDigest(digest)) throw notADigest(digest);
	if (from.registry !== repository.registry) return false;
	const query = new URLSearchParams({
		mount: digest,
		from: from.path
	});
	const push = pushRequest(repository);
	const response = await session.send({
		...push,
		action: `Mounting ${nameOf$3(repository, digest)}`,
		method: "POST",
		target: `/v2/${repository.path}/blobs/uploads/?${query}`,
		scopes: [...push.scopes, `repository:${from.path}:pull`],
		headers: { "content-length": "0" },
		expected: [201, 202]
	});
	await response.body?.cancel();
	return response.status === 201;
}
async function finishUpload(session, request, started, blob, digest) {
	const location = started.headers.get("location");
	const target = location === null ? null : URL.parse(location, started.url);
	if (target === null) throw new StepError(`${request.action} failed: the registry did not say where to send it`);
	target.searchParams.set("digest", digest);
	const size = "bytes" in blob ? blob.bytes.byteLength : blob.size;
	await (await session.send({
		...request,
		method: "PUT",
		target: target.href,
		headers: {
			"content-type": "application/octet-stream",
			"content-length": String(size)
		},
		body: () => "bytes" in blob ? new Uint8Array(blob.bytes) : ReadableStream.from(blob.open()),
		expected: [201]
	})).body?.cancel();
}
function blobRequest(repository, digest, verb) {
	if (!isDigest(digest)) throw notADigest(digest);
	return {
		registry: repository.registry,
		action: `${verb} ${nameOf$3(repository, digest)}`,
		target: `/v2/${repository.path}/blobs/${digest}`,
		scopes: [`repository:${repository.path}:pull`]
	};
}
function pushRequest(repository) {
	return {
		registry: repository.registry,
		scopes: [`repository:${repository.path}:pull,push`]
	};
}
async function* verified(response, session, what, digest) {
	const hash = createHash("sha256");
	for await (const chunk of chunksOf(response, session, {
		what,
		limitBytes: Number.POSITIVE_INFINITY
	})) {
		hash.update(chunk);
		yield chunk;
	}
	if (`sha256:${hash.digest("hex")}` !== digest) throw wrongContent(what);
}
function nameOf$3(repository, digest) {
	return `${repository.registry}/${repository.path}@${digest}`;
}
function wrongContent(what) {
	return new StepError(`The content of ${what} does not have that digest`, { hint: "Something between here and the registry changes content; nothing of it is used." });
}
function notADigest(digest) {
	return new InputError(`${JSON.stringify(digest)} is not a digest; expected sha256: and 64 hexadecimal digits`);
}
// tools/images/src/kept-manifest.ts
async function readKeptManifest(kept, image) {
	const bytes = await kept.read(nameOf$2(image));
	if (bytes === void 0) return void 0;
	const content = Buffer.from(bytes);
	const afterEtag = content.indexOf("\n") + 1;
	const afterType = content.indexOf("\n", afterEtag) + 1;
	const body = content.subarray(afterType);
	const mediaType = content.toString("utf8", afterEtag, afterType - 1);
	const digest = digestOf(body);
	if (image.digest !== void 0 && image.digest !== digest) return void 0;
	const manifest = parseManifest(body, mediaType, digest, `The kept manifest of ${formatReference(image)}`);
	return {
		etag: content.toString("utf8", 0, afterEtag - 1),
		manifest
	};
}
async function keepManifest(kept, image, manifest, etag) {
	if (etag === null) return;
	const head = Buffer.from(`${etag}\n${manifest.mediaType}\n`);
	await kept.write(nameOf$2(image), Buffer.concat([head, manifest.bytes]));
}
function nameOf$2(image) {
	return `manifest of ${formatReference(image)}`;
}
// tools/images/src/manifests.ts
const manifestLimitBytes = 4194304;
async function resolve$1(session, image) {
	const response = await session.send({
		...manifestRequest(image, "HEAD", `Resolving ${formatReference(image)}`),
		expected: [
			200,
			404,
			405
		]
	});
	if (response.status === 404) return void 0;
	const digest = response.headers.get("docker-content-digest") ?? "";
	if (response.status === 200 && isDigest(digest)) {
		if (image.digest !== void 0 && digest !== image.digest) throw mismatch(formatReference(image), digest);
		return {
			digest,
			mediaType: mediaTypeOf(response)
		};
	}
	const manifest = await getManifest(session, image);
	return manifest && {
		digest: manifest.digest,
		mediaType: manifest.mediaType
	};
}
async function getManifest(session, image) {
	const name = formatReference(image);
	const known = await readKeptManifest(session.kept, image);
	const request = manifestRequest(image, "GET", `Reading ${name}`);
	const response = await session.send({
		...request,
		headers: {
			...request.headers,
			...known === void 0 ? {} : { "if-none-match": known.etag }
		},
		expected: known === void 0 ? [200, 404] : [
			200,
			304,
			404
		]
	});
	if (response.status === 304) {
		await response.body?.cancel();
		return known?.manifest;
	}
	const what = `The manifest of ${name}`;
	const bytes = await bodyOf(response, session, {
		what,
		limitBytes: manifestLimitBytes
	});
	if (response.status === 404) return void 0;
	const digest = digestOf(bytes);
	const announced = image.digest ?? response.headers.get("docker-content-digest") ?? digest;
	if (announced !== digest && isDigest(announced)) throw mismatch(what, digest);
	const manifest = parseManifest(bytes, mediaTypeOf(response), digest, what);
	await keepManifest(session.kept, image, manifest, response.headers.get("etag"));
	return manifest;
}
async function putManifest(session, repository, manifest, tag) {
	if (tag !== void 0 && !isTag(tag)) throw notATag(tag);
	const digest = digestOf(manifest.bytes);
	const image = tag === void 0 ? {
		...repository,
		digest
	} : {
		...repository,
		tag
	};
	const response = await session.send({
		...manifestRequest(image, "PUT", `Writing ${formatReference(image)}`),
		headers: { "content-type": manifest.mediaType },
		body: () => new Uint8Array(manifest.bytes),
		expected: [201]
	});
	await response.body?.cancel();
	const stored = response.headers.get("docker-content-digest");
	if (stored !== null && stored !== digest) throw mismatch(`What the registry stored as ${formatReference(image)}`, stored);
	return {
		mediaType: manifest.mediaType,
		digest,
		size: manifest.bytes.byteLength
	};
}
async function retag(session, repository, digest, tag) {
	if (!isTag(tag)) throw notATag(tag);
	const manifest = await getManifest(session, {
		...repository,
		digest
	});
	if (manifest === void 0) throw new StepError(`${formatReference({
		...repository,
		digest
	})} does not exist, so it cannot be tagged ${tag}`, { hint: "See that the image was pushed and has not been cleaned up." });
	if ((await resolve$1(session, {
		...repository,
		tag
	}))?.digest === digest) return { changed: false };
	await putManifest(session, repository, manifest, tag);
	return { changed: true };
}
async function readImageConfig(session, image, platform = {
	os: "linux",
	architecture: "amd64"
}) {
	const manifest = await getManifest(session, image);
	if (manifest === void 0) return void 0;
	const name = formatReference(image);
	if (manifest.kind === "index") {
		const entry = pickPlatform(manifest.index, platform);
		if (entry === void 0) throw new StepError(`${name} has no image for ${platform.os}/${platform.architecture}`);
		return readImageConfig(session, {
			registry: image.registry,
			path: image.path,
			digest: entry.digest
		}, platform);
	}
	const bytes = await configBytes(session, image, manifest.image.config.digest);
	if (bytes === void 0) throw new StepError(`The configuration that ${name} names does not exist`);
	const config = ImageConfig.safeParse(parsedJson(bytes, `The configuration of ${name}`));
	if (!config.success) throw new StepError(`The configuration of ${name} is not one`, { cause: config.error });
	return config.data;
}
async function configBytes(session, image, digest) {
	const kept = await session.kept.read(`blob ${digest}`);
	if (kept !== void 0 && digestOf(kept) === digest) return kept;
	const bytes = await readBlob(session, image, digest, manifestLimitBytes);
	if (bytes !== void 0) await session.kept.write(`blob ${digest}`, bytes);
	return bytes;
}
function manifestRequest(image, method, action) {
	const right = method === "PUT" ? "pull,push" : "pull";
	return {
		registry: image.registry,
		action,
		method,
		target: `/v2/${image.path}/manifests/${image.digest ?? image.tag ?? "latest"}`,
		scopes: [`repository:${image.path}:${right}`],
		headers: { accept: acceptedManifests }
	};
}
function mediaTypeOf(response) {
	return (response.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
}
function mismatch(what, found) {
	return new StepError(`${what} has the digest ${found}, which is not the one that was asked for`, { hint: "Something between here and the registry changes content; nothing of it is used." });
}
function notATag(tag) {
	return new InputError(`${JSON.stringify(tag)} is not a tag; expected at most 128 letters, digits, _ . -`);
}
// tools/images/src/challenge.ts
function parseChallenges(header) {
	const challenges = [];
	const token = /\s*,?\s*(?:([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([\w-]+)(?=\s|$|,))/y;
	for (let match = token.exec(header); match !== null; match = token.exec(header)) {
		const [, name, quoted, plain, scheme] = match;
		if (scheme !== void 0) challenges.push({
			scheme: scheme.toLowerCase(),
			parameters: {}
		});
		const current = challenges.at(-1);
		if (name !== void 0 && current !== void 0) current.parameters[name.toLowerCase()] = quoted?.replaceAll(/\\(.)/g, "$1") ?? plain ?? "";
	}
	return challenges;
}
// tools/images/src/kept-answers.ts
const nothingKept = {
	read: async () => void 0,
	write: async () => {}
};
const largestBytes = 33554432;
function keptAnswersIn(folder) {
	const pathOf = (name) => join(folder, sha256(name));
	return {
		read: async (name) => {
			const file = await readFile(pathOf(name)).catch(() => void 0);
			return file === void 0 ? void 0 : contentOf(file, name);
		},
		write: async (name, bytes) => {
			if (bytes.byteLength > largestBytes) return;
			const temporary = join(folder, `.${randomUUID()}`);
			try {
				await mkdir(folder, {
					recursive: true,
					mode: 448
				});
				await writeFile(temporary, Buffer.concat([Buffer.from(headOf(name, bytes)), bytes]), { mode: 384 });
				await rename(temporary, pathOf(name));
			} catch {
				await rm(temporary, { force: true }).catch(() => {});
			}
		}
	};
}
function headOf(name, bytes) {
	return `luban-kept-1 ${sha256(name)} ${sha256(bytes)}\n`;
}
function contentOf(file, name) {
	const end = file.indexOf("\n") + 1;
	const content = file.subarray(end);
	return file.toString("latin1", 0, end) === headOf(name, content) ? content : void 0;
}
function sha256(content) {
	return createHash("sha256").update(content).digest("hex");
}
// tools/images/src/registry-failure.ts
const ErrorBody = object({ errors: array(object({
	code: string().optional(),
	message: string().nullish()
})) });
function registryFailure(action, answer, now) {
	const { status, headers } = answer;
	const what = `${action} failed: the registry answered ${status}${wordsOf(answer.text)}`;
	if (status === 401 || status === 403) return new StepError(what, { hint: adviceFor(status) });
	if (status === 404) return new StepError(what, { hint: "See that the repository exists (some registries want it created first)." });
	if (status === 429) {
		const after = retryAfterSeconds(headers, now);
		return new RetryableError(what, {
			hint: "The registry limits how often it is asked.",
			retryAfterSeconds: after
		});
	}
	if (status === 408 || status >= 500) return new RetryableError(what, { retryAfterSeconds: retryAfterSeconds(headers, now) });
	if (status === 400 && /"?(?:NAME_INVALID|TAG_INVALID)"?/.test(answer.text)) return new InputError(what);
	return new StepError(what);
}
function adviceFor(status) {
	return status === 401 ? "Give credentials for this registry in a docker configuration, and see that they are still valid." : "The account may not do this; give it pull and push rights on the repository.";
}
function wordsOf(text) {
	try {
		const { errors } = ErrorBody.parse(JSON.parse(text));
		const words = errors.map((each) => [each.code, each.message].filter(Boolean).join(": ")).join("; ");
		return words === "" ? "" : ` (${words.replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").slice(0, 300)})`;
	} catch {
		return "";
	}
}
// tools/images/src/token-source.ts
const TokenAnswer = object({
	token: string().optional(),
	access_token: string().optional(),
	expires_in: number().nullish()
});
const leastSeconds = 60;
const marginSeconds = 10;
async function requestToken(request, options) {
	const realm = checkedRealm(request, options);
	const answer = await askService(request, realm, options);
	if (answer.status !== 200) throw serviceFailure(request, realm, answer.status);
	const where = `The answer of the token service ${realm.host}`;
	const body = TokenAnswer.safeParse(parsedJson(answer.bytes, where));
	const value = body.data?.token ?? body.data?.access_token;
	if (!value) throw new StepError(`${where} holds no token`);
	const seconds = Math.max(body.data?.expires_in ?? leastSeconds, leastSeconds) - marginSeconds;
	return {
		value,
		expiresAt: options.clock.now().getTime() + seconds * 1e3
	};
}
function checkedRealm(request, options) {
	const realm = URL.parse(request.challenge.parameters["realm"] ?? "");
	if (realm === null) throw new StepError(`${request.registry} asks for a token but does not say where to get it`);
	const plainAllowed = isLoopback(realm.host) || options.insecureHosts.includes(realm.host);
	if (realm.protocol !== "https:" && !(realm.protocol === "http:" && plainAllowed)) throw new InputError(`${request.registry} wants credentials sent to ${realm.host} without TLS`, [], { hint: "Credentials are sent without TLS only to this machine, or to hosts that are named as insecure." });
	return realm;
}
function askService(request, realm, options) {
	const { service } = request.challenge.parameters;
	const limits = {
		...options,
		peer: `the token service ${realm.host}`,
		limitBytes: 1e6
	};
	if (request.credentials?.kind === "identity-token") {
		const form = new URLSearchParams({
			grant_type: "refresh_token",
			client_id: "luban-ci",
			refresh_token: request.credentials.token,
			scope: request.scopes.join(" "),
			...service === void 0 ? {} : { service }
		});
		return exchange(realm.href, {
			method: "POST",
			body: form,
			redirect: "error"
		}, limits);
	}
	const url = new URL(realm);
	if (service !== void 0) url.searchParams.set("service", service);
	for (const scope of request.scopes) url.searchParams.append("scope", scope);
	const headers = request.credentials === void 0 ? {} : { authorization: authorizationOf(request.credentials) };
	return exchange(url.href, { headers }, limits);
}
function authorizationOf(credentials) {
	if (credentials.kind !== "basic") return `Bearer ${credentials.token}`;
	return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}`;
}
function serviceFailure(request, realm, status) {
	const who = request.credentials === void 0 ? "without credentials" : "with the credentials given";
	return new StepError(`The token service ${realm.host} of ${request.registry} refused access ${who} (${status})`, { hint: `See that the docker configuration has an entry for ${request.registry} whose password is still valid.` });
}
// tools/images/src/session.ts
const usualBudgetSeconds = 60;
function createSession(options) {
	const tokens = new Map();
	const timeoutSeconds = options.timeoutSeconds ?? 30;
	const log = options.log ?? silentLog;
	return {
		timeoutSeconds,
		newBudget: () => ({ secondsLeft: options.budgetSeconds ?? usualBudgetSeconds }),
		kept: options.keptIn === void 0 ? nothingKept : keptAnswersIn(options.keptIn),
		apiHostOf: (registry) => new URL(originOf(registry, options)).host,
		send: (request) => withPatience(() => sendOnce(request, {
			options,
			tokens,
			timeoutSeconds
		}), {
			...options,
			budgetSeconds: request.budget?.secondsLeft ?? options.budgetSeconds,
			onWait: (error, seconds) => {
				if (request.budget !== void 0) request.budget.secondsLeft -= seconds;
				log.info(`${error.message}; trying again in ${Math.ceil(seconds)} s`);
			}
		})
	};
}
async function sendOnce(request, state) {
	const url = addressOf(request, state.options);
	const key = [request.registry, ...request.scopes].join(" ");
	const isOwn = new URL(url).host === new URL(originOf(request.registry, state.options)).host;
	const known = isOwn ? await knownAuthorization(key, state) : void 0;
	const first = await dispatch(url, request, known, state);
	if (first.status !== 401 || !isOwn) return await expected(first, request, state);
	if (known !== void 0 && await knownAuthorization(key, state) === known) state.tokens.delete(key);
	const fresh = await authorize(first, request, key, state);
	if (fresh === void 0) return await expected(first, request, state);
	await first.body?.cancel();
	return await expected(await dispatch(url, request, fresh, state), request, state);
}
async function knownAuthorization(key, state) {
	const token = await state.tokens.get(key)?.catch(() => void 0);
	if (token === void 0) return void 0;
	if (token.expiresAt > state.options.clock.now().getTime()) return token.value;
	state.tokens.delete(key);
}
async function authorize(refused, request, key, state) {
	const challenges = parseChallenges(refused.headers.get("www-authenticate") ?? "");
	const credentials = (state.options.credentials ?? anonymous)(request.registry);
	const bearer = challenges.find((each) => each.scheme === "bearer");
	if (bearer === void 0 || credentials?.kind === "registry-token") {
		const canBasic = challenges.some((each) => each.scheme === "basic") || bearer !== void 0;
		if (credentials === void 0 || !canBasic) return void 0;
		const value = authorizationOf(credentials);
		state.tokens.set(key, Promise.resolve({
			value,
			expiresAt: Number.POSITIVE_INFINITY
		}));
		return value;
	}
	const pending = state.tokens.get(key) ?? requestToken({
		registry: request.registry,
		challenge: bearer,
		scopes: scopesFor(request, bearer.parameters),
		credentials
	}, {
		...state.options,
		timeoutSeconds: state.timeoutSeconds,
		insecureHosts: state.options.insecureHosts ?? []
	}).then((token) => ({
		...token,
		value: `Bearer ${token.value}`
	}));
	state.tokens.set(key, pending);
	pending.catch(() => state.tokens.delete(key));
	return (await pending).value;
}
function scopesFor(request, parameters) {
	if (request.scopes.length > 0) return request.scopes;
	return parameters["scope"] === void 0 ? [] : [parameters["scope"]];
}
async function dispatch(url, request, authorization, state) {
	const { options, timeoutSeconds } = state;
	const slow = new AbortController();
	const timer = setTimeout(() => slow.abort(), timeoutSeconds * 1e3);
	const signal = options.signal === void 0 ? slow.signal : AbortSignal.any([slow.signal, options.signal]);
	const body = request.body?.();
	try {
		return await (options.fetch ?? fetch)(url, {
			method: request.method,
			headers: {
				...request.headers,
				...authorization === void 0 ? {} : { authorization }
			},
			redirect: request.method === "GET" || request.method === "HEAD" ? "follow" : "manual",
			signal,
			...body === void 0 ? {} : {
				body,
				duplex: "half"
			}
		});
	} catch (error) {
		options.signal?.throwIfAborted();
		throw connectionFailure(error, `the registry ${request.registry}`, slow.signal.aborted ? timeoutSeconds : void 0);
	} finally {
		clearTimeout(timer);
	}
}
async function expected(response, request, state) {
	if (request.expected.includes(response.status)) return response;
	const text = response.bodyUsed ? "" : (await startOf(response)).slice(0, 1e4);
	throw registryFailure(request.action, {
		...pick(response),
		text
	}, state.options.clock.now());
}
function pick(response) {
	return {
		status: response.status,
		headers: response.headers
	};
}
async function startOf(response) {
	const decoder = new TextDecoder();
	let text = "";
	try {
		for await (const chunk of response.body ?? []) {
			text += decoder.decode(chunk, { stream: true });
			if (text.length > 1e4) break;
		}
	} catch {}
	return text;
}
function addressOf(request, options) {
	const url = URL.parse(request.target, originOf(request.registry, options));
	if (url === null) throw new StepError(`${request.action} failed: the registry named an address that is none`);
	if (url.protocol !== "https:" && !mayBePlain(url.host, options)) throw new StepError(`${request.action} failed: the registry wants it sent to ${url.host} without TLS`);
	return url.href;
}
function originOf(registry, options) {
	const host = registry === "docker.io" ? "registry-1.docker.io" : registry;
	const origin = `${mayBePlain(registry, options) ? "http" : "https"}://${host}`;
	if (URL.parse(origin) === null) throw new InputError(`${JSON.stringify(registry)} is not a registry host`);
	return origin;
}
function mayBePlain(host, options) {
	return isLoopback(host) || (options.insecureHosts?.includes(host) ?? false);
}
// tools/images/src/tag-pages.ts
const KeptPage = object({
	target: string(),
	etag: string(),
	tags: array(string()),
	next: string().optional()
});
const KeptPages = array(KeptPage);
async function readKeptPages(kept, repository) {
	const bytes = await kept.read(nameOf$1(repository));
	if (bytes === void 0) return [];
	const pages = KeptPages.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
	return pages.success ? pages.data : [];
}
async function writeKeptPages(kept, repository, { before, pages }) {
	const keepable = pages.filter(({ etag }) => etag !== "");
	if (!(keepable.length === before.length && keepable.every((page, at) => page === before[at]))) await kept.write(nameOf$1(repository), Buffer.from(JSON.stringify(keepable)));
}
function isOneList(pages) {
	const [first] = pages;
	const isChain = pages.every((page, at) => page.next === pages[at + 1]?.target);
	return first !== void 0 && isChain && pages.every(({ etag }) => etag === first.etag);
}
function nameOf$1({ registry, path }) {
	return `tags of ${registry}/${path}`;
}
// tools/images/src/tags.ts
const TagPage = object({ tags: array(string()).nullish() });
const pageSize = 1e3;
const mostPages = 1e3;
const pageLimitBytes = 1e7;
async function listTags(session, repository) {
	const kept = await readKeptPages(session.kept, repository);
	const pages = [];
	const seen = new Set();
	const budget = session.newBudget();
	let target = `/v2/${repository.path}/tags/list?n=${pageSize}`;
	while (target !== void 0) {
		if (seen.has(target) || seen.size === mostPages) throw new StepError(`Listing the tags of ${nameOf(repository)} has no end`);
		seen.add(target);
		const known = kept.find((page) => page.target === target);
		const page = await readPage(session, repository, {
			target,
			known,
			budget
		});
		if (page === void 0) return void 0;
		if (page === known && pages.length === 0 && isOneList(kept)) return tagsOf(kept);
		pages.push(page);
		target = page.next;
	}
	await writeKeptPages(session.kept, repository, {
		before: kept,
		pages
	});
	return tagsOf(pages);
}
async function readPage(session, repository, { target, known, budget }) {
	const name = nameOf(repository);
	const response = await session.send({
		registry: repository.registry,
		action: `Listing the tags of ${name}`,
		method: "GET",
		target,
		scopes: [`repository:${repository.path}:pull`],
		budget,
		expected: known === void 0 ? [200, 404] : [
			200,
			304,
			404
		],
		...known === void 0 ? {} : { headers: { "if-none-match": known.etag } }
	});
	if (response.status === 304) {
		await response.body?.cancel();
		return known;
	}
	const bytes = await bodyOf(response, session, {
		what: `The tag list of ${name}`,
		limitBytes: pageLimitBytes
	});
	if (response.status === 404) return void 0;
	const page = TagPage.safeParse(parsedJson(bytes, `The tag list of ${name}`));
	if (!page.success) throw new StepError(`The tag list of ${name} is not one`, { cause: page.error });
	const next = nextPage(response.headers.get("link"), target, repository, session);
	return {
		target,
		etag: response.headers.get("etag") ?? "",
		tags: page.data.tags ?? [],
		...next === void 0 ? {} : { next }
	};
}
function tagsOf(pages) {
	return [...new Set(pages.flatMap(({ tags }) => tags))];
}
function nameOf({ registry, path }) {
	return `${registry}/${path}`;
}
function nextPage(link, current, repository, session) {
	const next = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? "")?.[1];
	if (next === void 0) return void 0;
	const host = session.apiHostOf(repository.registry);
	const url = URL.parse(next, `https://${host}${current}`);
	const isAbsolute = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(next);
	const listsSame = url?.pathname === `/v2/${repository.path}/tags/list`;
	if (url === null || !listsSame || isAbsolute && url.host !== host) throw new StepError(`The registry ${repository.registry} names a next page that is not on its tag list`);
	return `${url.pathname}${url.search}`;
}
// tools/images/src/registry-client.ts
function createRegistryClient(options) {
	const session = createSession(options);
	return {
		resolve: (image) => resolve$1(session, image),
		getManifest: (image) => getManifest(session, image),
		putManifest: (repository, manifest, tag) => putManifest(session, repository, manifest, tag),
		retag: (repository, digest, tag) => retag(session, repository, digest, tag),
		listTags: (repository) => listTags(session, repository),
		readImageConfig: (image, platform) => readImageConfig(session, image, platform),
		hasBlob: (repository, digest) => hasBlob(session, repository, digest),
		openBlob: (repository, digest) => openBlob(session, repository, digest),
		readBlob: (repository, digest, limitBytes) => readBlob(session, repository, digest, limitBytes),
		uploadBlob: (repository, blob) => uploadBlob(session, repository, blob),
		mountBlob: (repository, digest, from) => mountBlob(session, repository, digest, from)
	};
}
// tools/steps/src/capabilities/open-registry.ts
async function openRegistry(given, ctx) {
	const { clock, log, signal } = ctx;
	return createRegistryClient({
		clock,
		log,
		signal,
		credentials: await credentialsFrom(given),
		keptIn: given.registryCache
	});
}
async function credentialsFrom(given) {
	const { registryServer, registryUsername: username, registryPassword: password } = given;
	if (username === void 0 !== (password === void 0)) throw halfALogin(username === void 0);
	if (username !== void 0 && password !== void 0) {
		if (registryServer === void 0) throw nobodysPassword();
		return (registry) => registry === registryServer ? {
			kind: "basic",
			username,
			password
		} : void 0;
	}
	if (given.dockerConfig === void 0) return void 0;
	return credentialsFromDockerConfig(await readDockerConfig(given.dockerConfig));
}
function halfALogin(isUsernameMissing) {
	return new InputError("User name and password of the registry go together", [{
		field: isUsernameMissing ? "registryUsername" : "registryPassword",
		expected: "required beside the other"
	}]);
}
function nobodysPassword() {
	return new InputError("The password could be for any registry", [{
		field: "registryServer",
		expected: "required beside registryUsername: the one registry that gets the password"
	}]);
}
async function readDockerConfig(path) {
	const places = [
		path,
		`${path}/.dockerconfigjson`,
		`${path}/config.json`
	];
	for (const place of places) {
		const text = await readFile(place, "utf8").catch(() => void 0);
		if (text !== void 0) return text;
	}
	if ((await readdir(path).catch(() => void 0))?.every((name) => name.startsWith(".")) === true) return "{}";
	throw new InputError(`There is no docker configuration at ${path}`, [{
		field: "dockerConfig",
		expected: "expected a config.json, or a folder that holds one"
	}]);
}
export { openRegistry };
