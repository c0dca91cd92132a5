import { $ as rm, D as hash, Dt as unknown, Ft as RetryableError, It as StepError, J as mkdtemp, K as lstat, Lt as messageOf$1, O as randomBytes, Pt as InputError, Q as rename, T as createHmac, Tt as tuple, X as readdir, Y as readFile, bt as number, j as timingSafeEqual, k as randomUUID, kt as NEVER, p as isDeepStrictEqual, pt as array, q as mkdir, tt as writeFile, ut as datetime, vt as literal, w as createHash, wt as string, xt as object, yt as looseObject } from "./chunk-base.mjs";
import { E as isRepositoryPath, M as withChanges, c as imagesOf, j as textOf, l as parseEdit, r as unifiedDiff, s as applyEdits, u as pathsOf } from "./chunk-edits.mjs";
import { deflateSync, inflateSync } from "node:zlib";
import { dirname, join } from "node:path";
import { buffer, text } from "node:stream/consumers";
// tools/git/src/git-access.ts
async function accessFor(settings, origin) {
	const access = settings.access.find((each) => each.origin === origin);
	if (access === void 0) return void 0;
	return {
		...access,
		token: typeof access.token === "string" ? access.token : await access.token.current()
	};
}
async function renewedAccess(settings, refused) {
	const tokens = settings.access.find((each) => each.origin === refused.origin)?.token;
	if (tokens === void 0 || typeof tokens === "string") return void 0;
	return {
		...refused,
		token: await tokens.renewed(refused.token)
	};
}
function basicHeader({ username, token }) {
	return `Basic ${Buffer.from(`${username}:${token}`).toString("base64")}`;
}
// tools/git/src/ssh-key.ts
const keyField = "gitSshKey";
const hostsField = "gitKnownHosts";
function checkedPrivateKey(text) {
	const key = `${text.replaceAll("\r\n", "\n").trim()}\n`;
	const body = /^-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----\n([\s\S]+)\n-----END \1PRIVATE KEY-----\n$/.exec(key);
	if (body === null) throw refusedKey("is not a private key", "expected a private key in OpenSSH format or PEM, with all of its lines");
	const [, kind = "", lines = ""] = body;
	if (isEncrypted(kind, lines)) throw refusedKey("wants a passphrase", "expected a private key without a passphrase: nobody is there to type it");
	return key;
}
function checkedKnownHosts(text) {
	const entries = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
	const isEntry = (line) => /^(@(cert-authority|revoked)\s+)?\S+\s+[a-z][\w.@-]+\s+[A-Za-z0-9+/]{20,}={0,2}(\s|$)/.test(line);
	if (entries.length > 0 && entries.every(isEntry)) return `${entries.join("\n")}\n`;
	throw new InputError("The known hosts for git cannot be read", [{
		field: hostsField,
		expected: "expected lines as in known_hosts: the host, the kind of key and the key (`ssh-keyscan <host>` prints them)"
	}]);
}
function isEncrypted(kind, lines) {
	if (kind === "ENCRYPTED ") return true;
	if (kind !== "OPENSSH ") return /^Proc-Type: 4,ENCRYPTED$/m.test(lines);
	const bytes = Buffer.from(lines, "base64");
	if (bytes.toString("latin1", 0, 15) !== "openssh-key-v1\0" || bytes.length < 19) throw refusedKey("is damaged", "expected all lines of the private key, unchanged");
	const start = 19;
	return bytes.toString("latin1", start, start + bytes.readUInt32BE(15)) !== "none";
}
function refusedKey(why, expected) {
	return new InputError(`The key for git over ssh ${why}`, [{
		field: keyField,
		expected
	}]);
}
// tools/git/src/ssh-access.ts
function sshAccessTo(remote, given) {
	if (remote.protocol !== "ssh") return [];
	const { privateKey, knownHosts } = given;
	if (privateKey === void 0 && knownHosts === void 0) return [];
	return [{
		server: serverOf(remote),
		...privateKey === void 0 ? {} : { privateKey: checkedPrivateKey(privateKey) },
		...knownHosts === void 0 ? {} : { knownHosts: checkedKnownHosts(knownHosts) }
	}];
}
function accessOverSsh(settings, remote) {
	if (remote?.protocol !== "ssh") return void 0;
	return settings.ssh?.find(({ server }) => server === serverOf(remote));
}
function sshAddress({ url }) {
	const [, destination, host, path] = /^([\w.-]+@([\w.-]+)):(.+)$/.exec(url) ?? [];
	if (destination !== void 0 && host !== void 0 && path !== void 0) return {
		destination,
		host,
		port: 22,
		path
	};
	const parsed = new URL(url);
	const name = decodeURIComponent(parsed.hostname).replace(/^\[(.*)\]$/, "$1");
	const user = parsed.username === "" ? "" : `${decodeURIComponent(parsed.username)}@`;
	const inHome = /^\/~/.test(parsed.pathname);
	const folder = decodeURIComponent(inHome ? parsed.pathname.slice(1) : parsed.pathname);
	return {
		destination: `${user}${name}`,
		host: name,
		port: Number(parsed.port || "22"),
		path: folder
	};
}
const always = [
	"-oBatchMode=yes",
	"-oStrictHostKeyChecking=yes",
	"-oConnectTimeout=30",
	"-oServerAliveInterval=15",
	"-oServerAliveCountMax=3"
];
const nothingElse = [
	"-Fnone",
	"-oIdentitiesOnly=yes",
	"-oIdentityAgent=none",
	"-oPreferredAuthentications=publickey",
	"-oUpdateHostKeys=no"
];
async function sshOptions(settings, access) {
	if (access === void 0) return {
		options: always,
		knownHostsFile: void 0,
		[Symbol.asyncDispose]: async () => {}
	};
	const folder = await mkdtemp(join(settings.temporaryFolder, "luban-ssh-"));
	const remove = () => rm(folder, {
		recursive: true,
		force: true
	});
	const { privateKey, knownHosts } = access;
	const [keyFile, hostsFile] = [join(folder, "key"), join(folder, "known_hosts")];
	try {
		if (privateKey !== void 0) await writeFile(keyFile, privateKey, {
			mode: 384,
			flag: "wx"
		});
		if (knownHosts !== void 0) await writeFile(hostsFile, knownHosts, {
			mode: 384,
			flag: "wx"
		});
		const key = privateKey === void 0 ? [] : [...nothingElse, `-oIdentityFile=${quoted(keyFile)}`];
		const hosts = [`-oUserKnownHostsFile=${quoted(hostsFile)}`, "-oGlobalKnownHostsFile=/dev/null"];
		return {
			options: [
				...always,
				...key,
				...knownHosts === void 0 ? [] : hosts
			],
			knownHostsFile: knownHosts === void 0 ? void 0 : hostsFile,
			[Symbol.asyncDispose]: remove
		};
	} catch (error) {
		await remove();
		throw error;
	}
}
function sshCommand({ options }) {
	return ["ssh", ...options.map(shellWord)].join(" ");
}
function shellWord(text) {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
function serverOf(remote) {
	const { host, port } = sshAddress(remote);
	return `${host.toLowerCase()}:${port}`;
}
function quoted(path) {
	if (!/["\\]|\$\{/.test(path)) return `"${path.replaceAll("%", "%%")}"`;
	throw new StepError(`ssh cannot be given a file below ${path}`, { hint: "Use a folder for temporary files whose name has no quotes, backslashes or `${`." });
}
// tools/git/src/git-program.ts
const steady = [
	["core.hooksPath", "/dev/null"],
	["core.fsmonitor", "false"],
	["core.quotePath", "false"],
	["gc.auto", "0"],
	["maintenance.auto", "false"],
	["protocol.version", "2"],
	["submodule.recurse", "false"],
	["credential.helper", ""],
	["transfer.credentialsInUrl", "die"],
	["http.lowSpeedLimit", "100"],
	["http.lowSpeedTime", "60"]
];
const longestSeconds = 900;
const graceSeconds = 5;
async function runGit(settings, args, call) {
	await using program = await startGit(settings, args, call);
	const { stdin, stdout, stderr, ended } = program;
	stdin.end(call.input ?? "");
	const [exitCode, output, said] = await Promise.all([
		ended,
		buffer(stdout),
		text(stderr)
	]);
	settings.signal.throwIfAborted();
	if (exitCode === void 0) throw new StepError(`git ${args[0]} was ended, or did not end within ${longestSeconds} s`);
	return {
		exitCode,
		stdout: output.toString("utf8"),
		stderr: said
	};
}
async function startGit(settings, args, call) {
	const { streamProgram } = await import("./chunk-git-stream-program.mjs");
	const ready = await readyFor(settings, call);
	const stop = new AbortController();
	const program = streamProgram("git", args, {
		cwd: call.cwd,
		env: ready.environment,
		signal: AbortSignal.any([
			settings.signal,
			stop.signal,
			AbortSignal.timeout(longestSeconds * 1e3)
		]),
		endGroupAfterSeconds: graceSeconds
	});
	const end = async () => {
		stop.abort();
		program.stdout.destroy();
		await program.ended.catch(() => void 0);
		await ready[Symbol.asyncDispose]();
	};
	return {
		...program,
		[Symbol.asyncDispose]: end
	};
}
async function readyFor(settings, call) {
	const access = await accessFor(settings, call.remote?.origin);
	const store = access?.mode === "credential_store" ? await storeFile(settings, access) : void 0;
	const ssh = await sshOptions(settings, accessOverSsh(settings, call.remote));
	const config = [
		...steady,
		["safe.directory", call.cwd],
		...call.remote === void 0 ? [] : [["remote.origin.url", call.remote.url]],
		...access === void 0 ? [] : accessConfig(access, store?.path),
		...call.config ?? []
	];
	return {
		environment: {
			...gitEnvironment(settings, call.cwd),
			...configEnvironment(config),
			GIT_SSH_COMMAND: sshCommand(ssh)
		},
		[Symbol.asyncDispose]: async () => {
			await ssh[Symbol.asyncDispose]();
			await store?.[Symbol.asyncDispose]();
		}
	};
}
function accessConfig(access, storePath) {
	if (storePath !== void 0) return [[`credential.${access.origin}.helper`, `store --file='${storePath}'`]];
	return [[`http.${access.origin}/.extraHeader`, `Authorization: ${basicHeader(access)}`], ["http.followRedirects", "false"]];
}
async function storeFile(settings, access) {
	const folder = await mkdtemp(join(settings.temporaryFolder, "luban-access-"));
	const path = join(folder, "credentials");
	const url = new URL(access.origin);
	url.username = encodeURIComponent(access.username);
	url.password = encodeURIComponent(access.token);
	await writeFile(path, `${url.href.replace(/\/$/, "")}\n`, { mode: 384 });
	return {
		path,
		[Symbol.asyncDispose]: () => rm(folder, {
			recursive: true,
			force: true
		})
	};
}
function gitEnvironment(settings, cwd) {
	const kept = Object.entries(settings.environment).filter(([name]) => !name.startsWith("GIT_") || name === "GIT_SSL_CAINFO" || name === "GIT_EXEC_PATH");
	return {
		...Object.fromEntries(kept),
		HOME: settings.temporaryFolder,
		XDG_CONFIG_HOME: settings.temporaryFolder,
		LC_ALL: "C",
		GIT_CEILING_DIRECTORIES: dirname(cwd),
		GIT_CONFIG_NOSYSTEM: "1",
		GIT_CONFIG_GLOBAL: "/dev/null",
		GIT_TERMINAL_PROMPT: "0",
		GIT_ASKPASS: "",
		GIT_ALLOW_PROTOCOL: settings.allowFile ? "http:https:ssh:file" : "http:https:ssh"
	};
}
function configEnvironment(entries) {
	const pairs = entries.flatMap(([key, value], at) => [[`GIT_CONFIG_KEY_${at}`, key], [`GIT_CONFIG_VALUE_${at}`, value]]);
	return {
		GIT_CONFIG_COUNT: String(entries.length),
		...Object.fromEntries(pairs)
	};
}
// tools/git/src/ref-name.ts
function isRefName(name) {
	const parts = name.split("/");
	const isBadPart = (part) => part === "" || part.startsWith(".") || part.endsWith(".lock");
	return !(/[\p{Cc} ~^:?*[\\]|\.\.|@\{/u.test(name.replaceAll(/[\u0080-\u009f]/g, "")) || name === "@") && !name.startsWith("-") && !name.endsWith(".") && !parts.some(isBadPart);
}
function checkRefName(name, field) {
	if (isRefName(name)) return name;
	throw new InputError(`${JSON.stringify(name)} is not a name that git accepts for a ref`, [{
		field,
		expected: "expected a branch or tag name such as main or v1.0.0"
	}]);
}
function isObjectId(text) {
	return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
// tools/git/src/pack-delta.ts
const mostNewBytes = 127;
const mostCopied = 16777215;
function withDelta(old, delta) {
	const from = sizeAt(delta, 0);
	const to = sizeAt(delta, from.next);
	const parts = [];
	for (let at = to.next; at < delta.length;) {
		const step = delta.readUInt8(at);
		at += 1;
		if (step < 128) {
			parts.push(delta.subarray(at, at + step));
			at += step;
			continue;
		}
		const { place, length, next } = pieceAt(delta, at, step);
		parts.push(old.subarray(place, place + length));
		at = next;
	}
	const bytes = Buffer.concat(parts);
	if (from.size !== old.length || to.size !== bytes.length) throw new Error("an object of a pack does not fit its base");
	return bytes;
}
function deltaBetween(old, bytes) {
	const shorter = Math.min(old.length, bytes.length);
	let start = 0;
	while (start < shorter && old[start] === bytes[start]) start += 1;
	let end = 0;
	while (end < shorter - start && old[old.length - 1 - end] === bytes[bytes.length - 1 - end]) end += 1;
	return Buffer.concat([
		sizeOf(old.length),
		sizeOf(bytes.length),
		...copies(0, start),
		...news(bytes.subarray(start, bytes.length - end)),
		...copies(old.length - end, end)
	]);
}
function sizeAt(delta, at) {
	let size = 0;
	let next = at;
	for (let factor = 1;; factor *= 128) {
		const byte = delta.readUInt8(next);
		size += (byte & 127) * factor;
		next += 1;
		if (byte < 128) return {
			size,
			next
		};
	}
}
function sizeOf(size) {
	const bytes = [];
	for (let rest = size;; rest = Math.floor(rest / 128)) {
		if (rest < 128) return Buffer.from([...bytes, rest]);
		bytes.push(rest & 127 | 128);
	}
}
function pieceAt(delta, at, step) {
	let next = at;
	const numberOf = (bits) => {
		let number = 0;
		for (let bit = 0; 1 << bit <= bits; bit += 1) {
			if ((bits & 1 << bit) === 0) continue;
			number += delta.readUInt8(next) * 256 ** bit;
			next += 1;
		}
		return number;
	};
	return {
		place: numberOf(step & 15),
		length: numberOf(step >> 4 & 7) || 65536,
		next
	};
}
function* copies(place, length) {
	for (let done = 0; done < length; done += mostCopied) {
		const step = Buffer.alloc(8, 255);
		step.writeUInt32LE(place + done, 1);
		step.writeUIntLE(Math.min(mostCopied, length - done), 5, 3);
		yield step;
	}
}
function* news(bytes) {
	for (let at = 0; at < bytes.length; at += mostNewBytes) {
		const piece = bytes.subarray(at, at + mostNewBytes);
		yield Buffer.concat([Buffer.from([piece.length]), piece]);
	}
}
// tools/git/src/tree-object.ts
const folderMode = "40000";
function* itemsIn(tree) {
	for (let at = 0; at < tree.length;) {
		const [space, zero] = [tree.indexOf(32, at), tree.indexOf(0, at)];
		const end = zero + 1 + 20;
		const nameBytes = tree.subarray(space + 1, zero);
		yield {
			mode: tree.toString("latin1", at, space),
			name: nameBytes.toString("utf8"),
			nameBytes,
			id: tree.toString("hex", zero + 1, end)
		};
		at = end;
	}
}
function treeOf(items) {
	const slash = Buffer.from("/");
	const keyOf = ({ mode, nameBytes }) => mode === "40000" ? Buffer.concat([nameBytes, slash]) : nameBytes;
	const sorted = [...items].map((item) => ({
		item,
		key: keyOf(item)
	})).sort((a, b) => a.key.compare(b.key));
	return Buffer.concat(sorted.flatMap(({ item: { mode, nameBytes, id } }) => [
		Buffer.from(`${mode} `),
		nameBytes,
		Buffer.from([0]),
		Buffer.from(id, "hex")
	]));
}
// tools/git/src/pack-file.ts
const numbers = {
	commit: 1,
	tree: 2,
	blob: 3,
	tag: 4
};
const deltaToOffset = 6;
const deltaToId = 7;
const headerLength = 12;
function checkPack(pack) {
	const end = pack.length - 20;
	if (end < headerLength || pack.toString("latin1", 0, 4) !== "PACK" || pack.readUInt32BE(4) !== 2) throw new Error("what came is no pack");
	if (!sha1(pack.subarray(0, end)).equals(pack.subarray(end))) throw new Error("the pack has come damaged");
}
function countIn(pack) {
	return pack.readUInt32BE(8);
}
function objectsIn(pack) {
	const entries = [];
	for (let at = headerLength; entries.length < countIn(pack);) {
		const { entry, next } = entryAt(pack, at);
		entries.push(entry);
		at = next;
	}
	return resolved(entries);
}
function packOf(objects, canBeThin) {
	const header = Buffer.from("PACK\0\0\0\0\0\0\0", "latin1");
	header.writeUInt32BE(objects.length, 8);
	const pack = Buffer.concat([header, ...objects.flatMap((each) => entryFor(each, canBeThin ? each.old : void 0))]);
	return Buffer.concat([pack, sha1(pack)]);
}
function objectId({ type, bytes }) {
	return hash("sha1", Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]), "hex");
}
function sha1(bytes) {
	return hash("sha1", bytes, "buffer");
}
function entryAt(pack, offset) {
	const { number: kind, size, next } = headerAt(pack, offset);
	if (kind === deltaToId) {
		const begin = next + 20;
		const { bytes, end } = inflatedAt(pack, begin, size);
		return {
			entry: {
				offset,
				type: void 0,
				bytes,
				base: pack.toString("hex", next, begin)
			},
			next: end
		};
	}
	const from = kind === deltaToOffset ? distanceAt(pack, next) : {
		distance: void 0,
		next
	};
	const { bytes, end } = inflatedAt(pack, from.next, size);
	const base = from.distance === void 0 ? void 0 : offset - from.distance;
	return {
		entry: {
			offset,
			type: typeOf(kind),
			bytes,
			base
		},
		next: end
	};
}
function headerAt(pack, at) {
	const byte = pack.readUInt8(at);
	const rest = byte < 128 ? {
		size: 0,
		next: at + 1
	} : sizeAt(pack, at + 1);
	return {
		number: byte >> 4 & 7,
		size: (byte & 15) + rest.size * 16,
		next: rest.next
	};
}
function entryFor({ type, bytes }, old) {
	const delta = old === void 0 ? void 0 : deltaBetween(old.bytes, bytes);
	if (old === void 0 || delta === void 0 || delta.length + 20 >= bytes.length) return [entryHeader(numbers[type] ?? 0, bytes.length), deflateSync(bytes)];
	return [
		entryHeader(deltaToId, delta.length),
		Buffer.from(objectId(old), "hex"),
		deflateSync(delta)
	];
}
function entryHeader(number, size) {
	const first = number << 4 | size & 15;
	if (size < 16) return Buffer.from([first]);
	return Buffer.concat([Buffer.from([first | 128]), sizeOf(Math.floor(size / 16))]);
}
function distanceAt(pack, at) {
	let byte = pack.readUInt8(at);
	let distance = byte & 127;
	let next = at + 1;
	while (byte >= 128) {
		byte = pack.readUInt8(next);
		distance = (distance + 1) * 128 + (byte & 127);
		next += 1;
	}
	return {
		distance,
		next
	};
}
function typeOf(kind) {
	return Object.keys(numbers).find((type) => numbers[type] === kind);
}
function inflatedAt(pack, begin, size) {
	const room = {
		chunkSize: Math.max(64, size + 1),
		maxOutputLength: Math.max(1, size),
		info: true
	};
	const { buffer, engine } = inflateSync(pack.subarray(begin), room);
	if (buffer.length !== size) throw new Error("an object of the pack is not as long as it says");
	return {
		bytes: buffer,
		end: begin + engine.bytesWritten
	};
}
function resolved(entries) {
	const [byOffset, byId] = [new Map(), new Map()];
	let waiting = entries;
	while (waiting.length > 0) {
		const later = waiting.filter((entry) => {
			const base = typeof entry.base === "number" ? byOffset.get(entry.base) : byId.get(entry.base ?? "");
			const object = entry.base === void 0 ? wholeObject(entry) : base && {
				...base,
				bytes: withDelta(base.bytes, entry.bytes)
			};
			if (object === void 0) return true;
			byOffset.set(entry.offset, object);
			byId.set(objectId(object), object);
			return false;
		});
		if (later.length === waiting.length) throw new Error("the pack builds on objects that it does not hold");
		waiting = later;
	}
	return byId;
}
function wholeObject({ type, bytes }) {
	if (type === void 0) throw new Error("the pack holds an object of no known kind");
	return {
		type,
		bytes
	};
}
// tools/git/src/packet-lines.ts
const signs = [
	"flush",
	"delimiter",
	"response end"
];
function packetLines(lines) {
	return lines.map((line) => isSign(line) ? sign(line) : packet(`${line}\n`)).join("");
}
function packet(text) {
	return digits(Buffer.byteLength(text) + 4) + text;
}
function sign(name) {
	return digits(signs.indexOf(name));
}
function packetsIn(bytes) {
	const packets = [];
	for (let at = 0; at < bytes.length;) {
		const length = bytes.toString("latin1", at, at + 4);
		if (!/^[0-9a-f]{4}$/.test(length)) throw new Error("the answer is none of git");
		const count = Number.parseInt(length, 16);
		const end = at + Math.max(4, count);
		if (end > bytes.length) throw new Error("the other side ended in the middle");
		packets.push(signs[count] ?? bytes.subarray(at + 4, end));
		at = end;
	}
	return packets;
}
function lineIn(packet) {
	return typeof packet === "string" ? void 0 : packet.toString("utf8").replace(/\n$/, "");
}
function bandsIn(packets) {
	const onBand = (band) => Buffer.concat(packets.flatMap((packet) => typeof packet !== "string" && packet[0] === band ? [packet.subarray(1)] : []));
	const wrong = onBand(3).toString("utf8").trim();
	if (wrong !== "") throw new Error(`the server says: ${wrong}`);
	return {
		answer: onBand(1),
		said: onBand(2).toString("utf8")
	};
}
function digits(count) {
	return count.toString(16).padStart(4, "0");
}
function isSign(line) {
	return signs.some((each) => each === line);
}
// tools/git/src/conversation.ts
var OtherProtocolError = class extends Error {};
function converse(line) {
	let known;
	const ask = async (lines) => packetsIn(await line.ask("git-upload-pack", Buffer.from(packetLines(lines))));
	const askForPack = async (request) => packIn(await ask([
		"command=fetch",
		"delimiter",
		...wordsOf(request, known?.canFilter ?? true),
		"done",
		"flush"
	]));
	const answerTo = async (question) => {
		try {
			return await question();
		} catch (error) {
			if (known !== void 0) throw error;
			known = await capabilitiesOf(line);
			return await question();
		}
	};
	return {
		listRefs: (prefixes) => answerTo(async () => {
			const named = prefixes.map((prefix) => `ref-prefix ${prefix}`);
			const packets = await ask([
				"command=ls-refs",
				"delimiter",
				"peel",
				...named,
				"flush"
			]);
			if (packets.at(-1) !== "flush") throw new Error("the server ends in the middle of its refs");
			return new Map(packets.flatMap((packet) => refOf(lineIn(packet) ?? "")));
		}),
		fetchPack: async (request) => {
			const pack = await answerTo(() => askForPack(request));
			if (pack !== void 0 || request.filter === void 0 || known !== void 0) return pack;
			known = await capabilitiesOf(line);
			return known.canFilter ? void 0 : await askForPack(request);
		}
	};
}
async function capabilitiesOf(line) {
	const lines = packetsIn(await line.advertisement("git-upload-pack")).map(lineIn);
	if (!lines.includes("version 2") || lines.includes("object-format=sha256")) throw new OtherProtocolError("the server does not speak version 2 of git’s protocol, with ids by SHA-1");
	return { canFilter: lines.some((each) => /^fetch=(.* )?filter( |$)/.test(each ?? "")) };
}
function wordsOf({ wants, haves = [], shallow = [], filter, depth }, canFilter) {
	return [
		"ofs-delta",
		"no-progress",
		...shallow.map((id) => `shallow ${id}`),
		...depth === void 0 ? [] : [`deepen ${depth}`],
		...filter === void 0 || !canFilter ? [] : [`filter ${filter}`],
		...wants.map((id) => `want ${id}`),
		...haves.map((id) => `have ${id}`)
	];
}
function refOf(line) {
	const [id = "", name, ...more] = line.split(" ");
	const peeled = more.find((each) => each.startsWith("peeled:"));
	return name === void 0 ? [] : [[name, peeled?.slice(7) ?? id]];
}
function packIn(packets) {
	const at = packets.findIndex((packet) => lineIn(packet) === "packfile");
	const lines = packets.slice(0, at === -1 ? void 0 : at).map((packet) => lineIn(packet) ?? "");
	if (lines.some((line) => line.startsWith("ERR "))) return void 0;
	if (at === -1) throw new Error(`the server sends no pack: ${lines.join(" ")}`);
	const parts = packets.slice(at + 1);
	if (!parts.includes("flush")) throw new Error("the server ends in the middle of a pack");
	const ids = (word) => lines.flatMap((line) => line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []);
	const bytes = bandsIn(parts).answer;
	checkPack(bytes);
	return {
		bytes,
		shallow: ids("shallow"),
		unshallow: ids("unshallow")
	};
}
// tools/git/src/has-proxy.ts
function hasProxy(environment, { protocol, hostname }) {
	const named = (name) => environment[name] ?? environment[name.toUpperCase()] ?? "";
	const proxy = named(`${protocol.slice(0, -1)}_proxy`) || named("all_proxy");
	const host = hostname.toLowerCase();
	const isExcepted = (entry) => {
		const domain = entry.trim().toLowerCase().replace(/^\./, "");
		return domain === "*" || domain !== "" && (host === domain || host.endsWith(`.${domain}`));
	};
	return proxy !== "" && !named("no_proxy").split(",").some(isExcepted);
}
// tools/git/src/http-line.ts
const agent = "git/luban-ci";
const longestSilence = 6e4;
function httpLine(settings, { url, protocol, origin }) {
	if (protocol !== "http" && protocol !== "https" || hasProxy(settings.environment, new URL(url))) return void 0;
	const address = url.replace(/\/+$/, "");
	let connections;
	let hasAnswered = false;
	const send = async (path, type, options, body) => {
		const { request, Agent } = process.getBuiltinModule(protocol === "http" ? "node:http" : "node:https");
		connections ??= new Agent({
			keepAlive: true,
			...protocol === "https" ? await trusted(settings.environment) : {}
		});
		const access = await accessFor(settings, origin);
		const headers = {
			accept: `application/x-${type}`,
			"user-agent": agent,
			...access === void 0 ? {} : { authorization: basicHeader(access) },
			...options.headers
		};
		const answer = await answerTo(request(`${address}${path}`, {
			...options,
			headers,
			agent: connections,
			timeout: longestSilence,
			signal: settings.signal
		}), body, `application/x-${type}`);
		hasAnswered = true;
		return answer;
	};
	return {
		get hasAnswered() {
			return hasAnswered;
		},
		advertisement: (service) => send(`/info/refs?service=${service}`, `${service}-advertisement`, { headers: versionFor(service) }, nothing),
		ask: (service, body) => {
			const headers = {
				...versionFor(service),
				"content-type": `application/x-${service}-request`,
				"content-length": body.length
			};
			return send(`/${service}`, `${service}-result`, {
				method: "POST",
				headers
			}, body);
		},
		[Symbol.dispose]: () => connections?.destroy()
	};
}
const nothing = new Uint8Array();
async function trusted(environment) {
	const file = environment["GIT_SSL_CAINFO"] ?? environment["SSL_CERT_FILE"];
	const own = file === void 0 ? "" : await readFile(file, "utf8").catch(() => "");
	if (own === "") return {};
	const tls = process.getBuiltinModule("node:tls");
	return { ca: [...tls.getCACertificates?.("default") ?? tls.rootCertificates, own] };
}
function versionFor(service) {
	return service === "git-upload-pack" ? { "git-protocol": "version=2" } : {};
}
async function answerTo(asked, body, type) {
	asked.on("timeout", () => asked.destroy(new Error("the server has fallen silent")));
	const answered = new Promise((resolve, reject) => {
		asked.once("response", resolve);
		asked.on("error", reject);
	});
	asked.end(body);
	const answer = await answered;
	const bytes = Buffer.concat(await Array.fromAsync(answer));
	if (answer.statusCode !== 200 || answer.headers["content-type"] !== type) throw new Error(`the server answers with ${answer.statusCode} and ${answer.headers["content-type"]}`);
	return bytes;
}
// tools/git/src/server-state.ts
const askedMilliseconds = 1e4;
async function serverState(settings, remote, service) {
	if (remote.protocol === "ssh") return (await import("./chunk-git-ssh-state.mjs")).sshServerState(settings, remote, service);
	const access = await accessFor(settings, remote.origin);
	const state = await stateFor(settings, remote, service, access);
	if (access === void 0 || state.state !== "refused" || !("status" in state) || state.status !== 401) return state;
	const renewed = await renewedAccess(settings, access);
	return renewed === void 0 ? state : stateFor(settings, remote, service, renewed);
}
async function stateFor(settings, remote, service, access) {
	if (remote.origin === void 0) return { state: "unknown" };
	const headers = access === void 0 ? {} : { authorization: basicHeader(access) };
	const signal = AbortSignal.any([settings.signal, AbortSignal.timeout(askedMilliseconds)]);
	try {
		const address = `${remote.url.replace(/\/+$/, "")}/info/refs?service=${service}`;
		const response = await fetch(address, {
			headers,
			signal,
			redirect: "manual"
		});
		await response.body?.cancel();
		return stateOf(response, address);
	} catch {
		settings.signal.throwIfAborted();
		return { state: "unavailable" };
	}
}
function remoteError(remote, state, doing, detail) {
	const what = `could not ${doing} ${remote.url}`;
	switch (state.state) {
		case "refused":
			if ("ssh" in state) return refusedOverSsh(what, state.ssh);
			return new StepError(`${what}: the server refused access (HTTP ${state.status})`, { hint: "Check the user name and the token, and that it may do this on this repository." });
		case "untrusted": return untrustedHost(what, state);
		case "absent": return new StepError(`${what}: the server has no such repository, or hides it from this account`, { hint: "Check the address, and that the account may see it." });
		case "moved": return new StepError(`${what}: the server sends it on to ${state.to}`, { hint: "Use that address, if it is the right one: credentials are not sent after a redirect." });
		case "unavailable": return new RetryableError(`${what}: the server cannot be reached or is busy`, state);
		case "ready": return new RetryableError(`${what}: the connection broke`, { cause: detail });
		case "unknown":
			if (remote.protocol === "file") return new StepError(`${what}${said(detail)}`);
			return new RetryableError(`${what}${said(detail)}`, { hint: remote.protocol === "ssh" ? whatSshNeeds : void 0 });
	}
}
const whatSshNeeds = "ssh needs a key that the server takes (the input gitSshKey, or the machine's own), and the server's host key in the input gitKnownHosts or in ~/.ssh/known_hosts.";
function refusedOverSsh(what, refused) {
	if (refused === "key") return new StepError(`${what}: the server does not take the key`, { hint: "Check the user name in the address, and that the public half of gitSshKey is registered there." });
	return new StepError(`${what}: the server takes the key, and does not give it that repository`, { hint: "Check the address, and that the key may do this: a deploy key may be for another repository, or for reading alone." });
}
function untrustedHost(what, { host, key }) {
	if (key === "unknown") return new StepError(`${what}: the host key of ${host} is not known`, { hint: `Give its line in the input gitKnownHosts, or add it to ~/.ssh/known_hosts, after comparing it with what the server's owner publishes.` });
	return new StepError(`${what}: the host key of ${host} is not the one that is known`, { hint: "Somebody may be listening in. If the server has a new key, replace its line in gitKnownHosts or in ~/.ssh/known_hosts." });
}
function stateOf(response, address) {
	const { status } = response;
	const location = response.headers.get("location");
	if (status >= 300 && status < 400 && location !== null) return {
		state: "moved",
		to: repositoryAt(location, address)
	};
	if (status === 200) return { state: "ready" };
	if (status === 401 || status === 403) return {
		state: "refused",
		status
	};
	if (status === 429 || status >= 500) {
		const seconds = Number(response.headers.get("retry-after") ?? "");
		return {
			state: "unavailable",
			...seconds > 0 ? { retryAfterSeconds: seconds } : {}
		};
	}
	return { state: "absent" };
}
function repositoryAt(location, address) {
	const { origin, pathname } = new URL(location, address);
	return `${origin}${pathname.replace(/\/info\/refs$/, "")}`;
}
function said(detail) {
	const line = detail.trim().split("\n").at(-1);
	return line === void 0 || line === "" ? "" : `: ${line}`;
}
// tools/git/src/remote-refs.ts
async function listRefs(settings, remote, names = []) {
	const told = await refsTold(settings, remote, names);
	if (told !== void 0) return [...told].flatMap(([ref, commit]) => names.length === 0 || names.includes(ref) ? [{
		ref,
		commit
	}] : []);
	const lines = await lsRemote(settings, remote, [
		"ls-remote",
		"--",
		"origin",
		...names.flatMap((name) => name.startsWith("refs/tags/") ? [name, `${name}^{}`] : [name])
	]);
	const found = new Map(lines.map(([id = "", name = ""]) => [name, id]));
	return [...found].filter(([name]) => !name.endsWith("^{}") && (names.length === 0 || names.includes(name))).map(([ref, id]) => ({
		ref,
		commit: found.get(`${ref}^{}`) ?? id
	}));
}
async function refsTold(settings, remote, prefixes) {
	using line = httpLine(settings, remote);
	try {
		return line === void 0 ? void 0 : await converse(line).listRefs(prefixes);
	} catch {
		settings.signal.throwIfAborted();
		return;
	}
}
async function defaultBranch(settings, remote) {
	return (await lsRemote(settings, remote, [
		"ls-remote",
		"--symref",
		"--",
		"origin",
		"HEAD"
	])).find(([target, name]) => name === "HEAD" && target?.startsWith("ref: "))?.[0]?.slice(5);
}
async function resolveRef(settings, remote, ref) {
	if (isObjectId(ref)) return {
		commit: ref,
		ref: void 0
	};
	checkRefName(ref, "ref");
	const candidates = ref.startsWith("refs/") || ref === "HEAD" ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
	const found = await listRefs(settings, remote, candidates);
	const [first] = candidates.flatMap((name) => found.filter((each) => each.ref === name));
	if (first !== void 0) return first;
	throw new InputError(`${remote.url} has no branch or tag called ${ref}`, [{
		field: "ref",
		expected: "expected a branch, a tag or a full commit id of that repository"
	}]);
}
async function lsRemote(settings, remote, args) {
	await using outside = await folderOutside(settings);
	const result = await runGit(settings, args, {
		cwd: outside.path,
		remote
	});
	if (result.exitCode !== 0) throw remoteError(remote, await serverState(settings, remote, "git-upload-pack"), "read", result.stderr);
	return result.stdout.split("\n").flatMap((line) => line === "" ? [] : [line.split("	")]);
}
async function folderOutside(settings) {
	const path = await mkdtemp(join(settings.temporaryFolder, "luban-asking-"));
	return {
		path,
		[Symbol.asyncDispose]: () => rm(path, {
			recursive: true,
			force: true
		})
	};
}
// tools/git/src/checkout.ts
async function checkout(settings, remote, request) {
	checkPaths(request.paths ?? []);
	const { commit, ref } = await resolveRef(settings, remote, request.ref);
	const before = await prepareFolder(settings, remote, request);
	await fetchInto(settings, remote, request, ref ?? commit);
	const fetched = (await local(settings, request, [
		"rev-parse",
		"--verify",
		"FETCH_HEAD^{commit}"
	])).trim();
	await narrow(settings, remote, request);
	const placed = await inFolder(settings, request, [
		"checkout",
		"--quiet",
		"--force",
		...ref?.startsWith("refs/heads/") === true ? ["-B", ref.slice(11)] : ["--detach"],
		fetched
	], remote);
	if (placed.exitCode !== 0) throw remoteError(remote, await serverState(settings, remote, "git-upload-pack"), "check out", placed.stderr);
	const submodules = await submodulesOf(settings, request, fetched);
	if (submodules.length > 0) settings.log.warn(`submodules are not fetched: ${submodules.join(", ")}`);
	return {
		changed: before !== fetched,
		commit: fetched,
		ref,
		submodules
	};
}
function checkPaths(paths) {
	const bad = paths.find((path) => !isRepositoryPath(path));
	if (bad === void 0) return;
	throw new InputError(`${JSON.stringify(bad)} is not a folder in a repository`, [{
		field: "paths",
		expected: "expected relative folders without `..`"
	}]);
}
async function prepareFolder(settings, remote, request) {
	await mkdir(request.folder, { recursive: true });
	const entries = await readdir(request.folder);
	if (entries.length === 0 || entries.length === 1 && entries[0] === ".git") {
		await local(settings, request, [
			"init",
			"--quiet",
			"--template=",
			"--initial-branch=unused",
			"."
		]);
		await local(settings, request, [
			"config",
			"remote.origin.url",
			remote.url
		]);
		await local(settings, request, [
			"config",
			"remote.origin.fetch",
			"+refs/heads/*:refs/remotes/origin/*"
		]);
		return;
	}
	if ((entries.includes(".git") ? await inFolder(settings, request, [
		"config",
		"--local",
		"remote.origin.url"
	]) : void 0)?.stdout.trim() !== remote.url) throw new InputError(`${request.folder} is not empty and not a checkout of ${remote.url}`, [{
		field: "folder",
		expected: "expected an empty folder, or one that an earlier checkout of the same repository made"
	}]);
	return cleanHead(settings, request);
}
async function cleanHead(settings, request) {
	const head = await inFolder(settings, request, [
		"rev-parse",
		"--quiet",
		"--verify",
		"HEAD"
	]);
	if (head.exitCode !== 0) return void 0;
	const dirty = (await local(settings, request, [
		"status",
		"--porcelain",
		"-z"
	])).split("\0").filter((line) => line !== "");
	if (dirty.length === 0) return head.stdout.trim();
	const named = dirty.slice(0, 5).map((line) => line.slice(3)).join(", ");
	throw new StepError(`${request.folder} has changes that a checkout would lose: ${named}`, { hint: "Commit them, take them away, or check out into another folder." });
}
async function fetchInto(settings, remote, request, wanted) {
	const depth = request.depth ?? 1;
	const limits = [...depth === 0 ? [] : [`--depth=${depth}`], ...request.paths === void 0 ? [] : ["--filter=blob:none"]];
	const result = await inFolder(settings, request, [
		...[
			"fetch",
			"--quiet",
			"--no-tags",
			"--no-recurse-submodules",
			"--force",
			"--update-head-ok"
		],
		...limits,
		"origin",
		wanted
	], remote);
	if (result.exitCode === 0) return;
	const state = await serverState(settings, remote, "git-upload-pack");
	if (state.state !== "ready" || !isObjectId(wanted)) throw remoteError(remote, state, "read", result.stderr);
	throw new InputError(`${remote.url} has no commit ${wanted}`, [{
		field: "ref",
		expected: "expected a commit of that repository"
	}]);
}
async function narrow(settings, remote, request) {
	const args = request.paths === void 0 ? ["disable"] : [
		"set",
		"--cone",
		"--",
		...request.paths
	];
	if (request.paths === void 0) {
		if ((await inFolder(settings, request, [
			"config",
			"--bool",
			"core.sparseCheckout"
		])).stdout.trim() !== "true") return;
	}
	await inFolder(settings, request, ["sparse-checkout", ...args], remote);
}
async function submodulesOf(settings, request, commit) {
	return (await local(settings, request, [
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		commit
	])).split("\0").flatMap((line) => line.startsWith("160000 ") ? [line.slice(line.indexOf("	") + 1)] : []);
}
function inFolder(settings, request, args, remote) {
	return runGit(settings, args, {
		cwd: request.folder,
		...remote === void 0 ? {} : { remote }
	});
}
async function local(settings, request, args) {
	const result = await inFolder(settings, request, args);
	if (result.exitCode === 0) return result.stdout;
	throw new StepError(`git ${args[0]} failed in ${request.folder}: ${result.stderr.trim().split("\n").at(-1)}`);
}
// tools/git/src/keep-pack.ts
async function keepPack(repository, { bytes, shallow, unshallow }) {
	if (shallow.length + unshallow.length > 0) {
		const before = await shallowCommits(repository);
		const after = new Set([...before.filter((id) => !unshallow.includes(id)), ...shallow]);
		await rm(shallowFile(repository), { force: true });
		if (after.size > 0) await writeFile(shallowFile(repository), [...after].map((id) => `${id}\n`).join(""));
	}
	repository.keep(bytes);
}
async function shallowCommits(repository) {
	return (await readFile(shallowFile(repository), "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
}
function shallowFile({ folder }) {
	return join(folder, "shallow");
}
// tools/git/src/fetch-commit.ts
async function fetchCommit(repository, wanted, options) {
	const refs = isObjectId(wanted) ? void 0 : await repository.talk((server) => server.listRefs([wanted]));
	const commit = isObjectId(wanted) ? wanted : refs?.get(wanted);
	if (refs !== void 0 && commit === void 0) return void 0;
	if (commit !== void 0 && await fetchTalking(repository, [commit], options)) return commit;
	return (await fetchRefs(repository, wanted, options))?.commit;
}
async function fetchCommits(repository, ids, options, haves) {
	if (await fetchTalking(repository, ids, options, haves)) return;
	const [first = "", ...more] = ids;
	if (await fetchRefs(repository, first, {
		...options,
		more
	}) !== void 0) return;
	throw new RetryableError(`${repository.remote.url} has changed while it was read`);
}
async function fetchTalking(repository, wants, { filter, depth }, haves = []) {
	const request = {
		wants,
		haves,
		shallow: await shallowCommits(repository),
		...depth === 0 ? {} : { depth }
	};
	const pack = await repository.talk(async (server) => {
		if (filter === "none") return server.fetchPack(request);
		if (filter !== "upper trees") return server.fetchPack({
			...request,
			filter
		});
		return await server.fetchPack({
			...request,
			filter: "tree:2"
		}) ?? server.fetchPack({
			...request,
			filter: "blob:none"
		});
	});
	if (pack !== void 0) await keepPack(repository, pack);
	return pack !== void 0;
}
const filterArguments = {
	"tree:0": "--filter=tree:0",
	"upper trees": "--filter=blob:none",
	"blob:none": "--filter=blob:none",
	none: "--no-filter"
};
async function fetchRefs(repository, wanted, options) {
	const depth = options.depth === 0 ? [] : [`--depth=${options.depth}`];
	const along = [...(options.along ?? []).map((pattern) => `+${pattern}:${pattern}`), ...options.more ?? []];
	const steady = [
		"fetch",
		"--quiet",
		"--no-tags",
		"--no-recurse-submodules",
		"--force"
	];
	const fetch = (filter) => repository.git([
		...steady,
		...depth,
		filter,
		"origin",
		wanted,
		...along
	]);
	const first = await fetch(filterArguments[options.filter]);
	if (first.exitCode === 0) return fetchedRefs(repository);
	const { settings, remote } = repository;
	const state = await serverState(settings, remote, "git-upload-pack");
	if (state.state !== "ready" && state.state !== "unknown") throw remoteError(remote, state, "read", first.stderr);
	if (await isAbsent(repository, wanted)) return void 0;
	const second = await fetch("--no-filter");
	if (second.exitCode === 0) return fetchedRefs(repository);
	if (!wanted.startsWith("refs/") && state.state === "ready") return void 0;
	throw remoteError(remote, state, "read", second.stderr);
}
async function fetchedRefs(repository) {
	const [first = "", ...rest] = (await readFile(join(repository.folder, "FETCH_HEAD"), "utf8")).split("\n");
	const [id = "", , what = ""] = first.split("	");
	const along = new Map(rest.flatMap(namedRef));
	if (what.startsWith("branch ")) return {
		commit: id,
		along
	};
	return {
		commit: (await repository.local([
			"rev-parse",
			"--verify",
			"FETCH_HEAD^{commit}"
		])).trim(),
		along
	};
}
function namedRef(line) {
	const [id = "", , what = ""] = line.split("	");
	const [, kind, name] = /^(branch )?'(.+)' of /.exec(what) ?? [];
	return name === void 0 ? [] : [[kind === void 0 ? name : `refs/heads/${name}`, id]];
}
async function isAbsent(repository, wanted) {
	if (!wanted.startsWith("refs/")) return false;
	const listed = await repository.git([
		"ls-remote",
		"--",
		"origin",
		wanted
	]);
	if (listed.exitCode !== 0) throw remoteError(repository.remote, { state: "unknown" }, "read", listed.stderr);
	return !listed.stdout.split("\n").some((line) => line.endsWith(`\t${wanted}`));
}
// tools/git/src/repository-blobs.ts
const quietly = [
	"fetch",
	"--quiet",
	"--no-tags",
	"--no-recurse-submodules",
	"--no-write-fetch-head"
];
async function fetchBlobs(repository, commit, ids) {
	if (ids.length === 0) return;
	const pack = await repository.talk((server) => server.fetchPack({
		wants: ids,
		filter: "blob:none"
	}));
	if (pack !== void 0) return await keepPack(repository, pack);
	if ((await repository.git([
		...quietly,
		"--filter=blob:none",
		"--stdin",
		"origin"
	], {
		input: `${ids.join("\n")}\n`,
		config: [["fetch.negotiationAlgorithm", "noop"]]
	})).exitCode === 0) return;
	const whole = await repository.git([
		...quietly,
		"--refetch",
		"--no-filter",
		"--depth=1",
		"origin",
		commit
	]);
	if (whole.exitCode === 0) return;
	const { settings, remote } = repository;
	throw remoteError(remote, await serverState(settings, remote, "git-upload-pack"), "read", whole.stderr);
}
async function readBlobs(repository, ids) {
	return await readObjects(repository, ids, "blob");
}
async function readObjects(repository, ids, type) {
	if (ids.length === 0) return new Map();
	const found = await repository.read(ids);
	const missing = ids.find((id) => found.get(id)?.type !== type);
	if (missing !== void 0) throw new StepError(`the server did not hand out the object ${missing}`);
	return new Map([...found].map(([id, { bytes }]) => [id, bytes]));
}
async function readObject(repository, id, type) {
	return (await readObjects(repository, [id], type)).get(id) ?? Buffer.alloc(0);
}
// tools/git/src/tree-walk.ts
async function walkTo(repository, commit, paths) {
	return (await walk(repository, commit, [{
		path: "",
		id: await rootOf(repository, commit),
		wanted: paths.map((path) => path === "" ? [] : path.split("/"))
	}])).toSorted((a, b) => a.path < b.path ? -1 : 1);
}
async function rootOf(repository, commit) {
	const bytes = await readObject(repository, commit, "commit");
	const [, root] = /^tree ([0-9a-f]+)\n/.exec(bytes.toString("latin1")) ?? [];
	if (root === void 0) throw new StepError(`the commit ${commit} names no folder`);
	return root;
}
async function walk(repository, commit, folders) {
	if (folders.length === 0) return [];
	const trees = await treesOf(repository, commit, [...new Set(folders.map(({ id }) => id))]);
	const entries = folders.flatMap((folder) => wantedIn(folder, trees.get(folder.id) ?? Buffer.alloc(0)));
	const below = entries.filter(({ mode }) => mode === folderMode);
	const files = entries.filter(({ wanted, mode }) => wanted.some((steps) => steps.length === 0) && isFile(mode));
	const deeper = await walk(repository, commit, below.map(({ path, ...folder }) => ({
		...folder,
		path: `${path}/`
	})));
	return [...files.map(({ mode, id, path }) => ({
		mode,
		id,
		path
	})), ...deeper];
}
const submoduleMode = "160000";
const isFile = (mode) => mode !== "40000" && mode !== submoduleMode;
async function treesOf(repository, commit, ids) {
	const here = await repository.read(ids);
	const missing = ids.filter((id) => !here.has(id));
	await fetchBlobs(repository, commit, missing);
	const fetched = await readObjects(repository, missing, "tree");
	return new Map([...[...here].map(([id, { bytes }]) => [id, bytes]), ...fetched]);
}
function wantedIn({ path, wanted }, tree) {
	const all = wanted.some((steps) => steps.length === 0);
	return [...itemsIn(tree)].flatMap(({ mode, name, id }) => {
		const below = wanted.flatMap(([first, ...steps]) => first === name ? [steps] : []);
		const steps = all ? [[], ...below] : below;
		return steps.length === 0 ? [] : [{
			mode,
			id,
			path: `${path}${name}`,
			wanted: steps
		}];
	});
}
// tools/git/src/repository-files.ts
async function filesAt(repository, commit, paths, cameAlong = false) {
	const bad = paths.filter((path) => path !== "" && !isRepositoryPath(path));
	if (bad.length > 0) throw new InputError(`${JSON.stringify(bad[0])} is not a path in a repository`, [{
		field: "path",
		expected: "expected a relative path inside the repository, without `..` and outside `.git`"
	}]);
	if (paths.length === 0) return new Map();
	return contentsOf(repository, commit, await entriesAt(repository, commit, paths), cameAlong);
}
async function contentsOf(repository, commit, entries, cameAlong = false) {
	const ids = [...new Set(entries.map(({ id }) => id))];
	if (!cameAlong) await fetchBlobs(repository, commit, ids);
	const blobs = await readBlobs(repository, ids);
	return new Map(entries.map(({ path, mode, id }) => {
		return [path, {
			bytes: blobs.get(id) ?? new Uint8Array(),
			executable: mode === "100755"
		}];
	}));
}
async function allEntries(repository, commit) {
	return (await walkTo(repository, commit, [""])).filter(({ mode, path }) => mode !== "120000" && isRepositoryPath(path));
}
async function entriesAt(repository, commit, paths) {
	const entries = await walkTo(repository, commit, paths);
	const link = entries.find(({ mode }) => mode === "120000");
	if (link === void 0) return entries;
	throw new StepError(`${link.path} is a symbolic link, which is not followed`, { hint: "Name the file or folder that it points at." });
}
// tools/git/src/byte-reader.ts
const lineFeed = 10;
function readBytes(stream) {
	const chunks = stream[Symbol.asyncIterator]();
	let rest = Buffer.alloc(0);
	const next = async () => {
		const { value } = await chunks.next();
		if (value === void 0) throw new Error("the other side ended in the middle");
		return value;
	};
	const taken = (all, end, begin = end) => {
		rest = all.subarray(begin);
		return all.subarray(0, end);
	};
	return {
		exactly: async (count) => {
			const parts = [rest];
			for (let have = rest.length; have < count; have += parts.at(-1)?.length ?? 0) parts.push(await next());
			return taken(parts.length === 1 ? rest : Buffer.concat(parts), count);
		},
		line: async () => {
			while (!rest.includes(lineFeed)) rest = Buffer.concat([rest, await next()]);
			const end = rest.indexOf(lineFeed);
			return taken(rest, end, end + 1).toString("utf8");
		}
	};
}
// tools/git/src/one-at-a-time.ts
function oneAtATime() {
	let before = Promise.resolve();
	return (work) => {
		const working = before.then(work);
		before = working.catch(() => {});
		return working;
	};
}
// tools/git/src/object-reader.ts
async function readObjectsIn(settings, cwd) {
	const program = await startGit(settings, ["cat-file", "--batch"], { cwd });
	program.stderr.resume();
	const output = readBytes(program.stdout);
	const readOne = async (id) => {
		program.stdin.write(`${id}\n`);
		const [, type = "", size] = (await output.line()).split(" ");
		if (size === void 0) return [];
		return [[id, {
			type,
			bytes: (await output.exactly(Number(size) + 1)).subarray(0, -1)
		}]];
	};
	const inTurn = oneAtATime();
	return {
		read: (ids) => inTurn(async () => {
			const found = [];
			for (const id of ids) found.push(...await readOne(id));
			return new Map(found);
		}),
		[Symbol.asyncDispose]: async () => program[Symbol.asyncDispose]()
	};
}
// tools/git/src/held-objects.ts
function heldObjects(settings, folder) {
	const objects = new Map();
	let unread = [];
	let outside = {
		packs: [],
		written: []
	};
	const inTurn = oneAtATime();
	let reader;
	let isFolderUsed = false;
	const readFolder = async (ids) => {
		if (!isFolderUsed || ids.length === 0) return new Map();
		reader ??= readObjectsIn(settings, folder);
		return await (await reader).read(ids);
	};
	return {
		read: async (ids) => {
			const isHere = (id) => objects.has(id);
			while (unread.length > 0 && !ids.every(isHere)) for (const [id, object] of objectsIn(unread.pop())) objects.set(id, object);
			const more = await readFolder(ids.filter((id) => !isHere(id)));
			return new Map(ids.flatMap((id) => {
				const object = objects.get(id) ?? more.get(id);
				return object === void 0 ? [] : [[id, object]];
			}));
		},
		keep: (pack) => {
			if (countIn(pack) === 0) return;
			unread.push(pack);
			outside.packs.push(pack);
		},
		write: (object) => {
			const id = objectId(object);
			if (!objects.has(id)) outside.written.push(object);
			objects.set(id, object);
			return id;
		},
		toFolder: (indexPack) => inTurn(async () => {
			const { packs, written } = outside;
			outside = {
				packs: [],
				written: []
			};
			isFolderUsed = true;
			for (const pack of packs) await indexPack(pack, ["--promisor"]);
			if (written.length > 0) await indexPack(packOf(written, false), []);
			unread = unread.filter((pack) => !packs.includes(pack));
		}),
		[Symbol.asyncDispose]: async () => (await reader)?.[Symbol.asyncDispose]()
	};
}
// tools/git/src/receive-pack.ts
const usual = [
	"report-status",
	"side-band-64k",
	"no-thin"
];
function receiverAt(line) {
	let capabilities;
	return { push: async (updates, objects, terms) => {
		const isNew = updates.every(({ from }) => from === void 0);
		const assumed = capabilities ?? (line.hasAnswered && neededFor(updates, terms).length === 0 ? usual : void 0);
		const there = isNew && assumed !== void 0 ? {
			refs: new Map(),
			capabilities: assumed
		} : await advertised(line);
		if (there?.capabilities.includes("report-status") !== true) return void 0;
		if (there.capabilities !== usual) capabilities = there.capabilities;
		const open = updates.filter(({ ref, to }) => to === void 0 || there.refs.get(ref) !== to);
		const held = open.filter(({ ref, from }) => there.refs.get(ref) === from);
		if (held.length < open.length && (terms.together === "all" || held.length === 0)) return {
			answer: "not sent",
			said: "",
			refs: there.refs
		};
		if (held.length === 0) return { answer: "done" };
		if (!canDo(there, held, terms)) return {
			answer: "unknown",
			said: ""
		};
		const answer = await sent(line, there, held, objects, terms);
		return answer.answer === "done" && held.length < open.length ? {
			answer: "refused",
			said: ""
		} : answer;
	} };
}
async function advertised(line) {
	const packets = await line.advertisement("git-receive-pack").then(packetsIn, () => void 0);
	if (packets?.at(-1) !== "flush") return void 0;
	const [first = "", ...rest] = packets.flatMap((packet) => lineIn(packet) ?? []).filter((each) => !each.startsWith("# "));
	const [ref = "", capabilities = ""] = first.split("\0");
	const refs = [ref, ...rest].map((each) => each.split(" ")).flatMap(([id, name]) => id === void 0 || name === void 0 || name === "capabilities^{}" ? [] : [[name, id]]);
	return {
		refs: new Map(refs),
		capabilities: capabilities.trim().split(" ")
	};
}
function canDo({ capabilities }, updates, terms) {
	const removal = updates.some(({ to }) => to === void 0) ? ["delete-refs"] : [];
	return [...neededFor(updates, terms), ...removal].every((each) => capabilities.includes(each));
}
function neededFor(updates, { options, together }) {
	return [...updates.length > 1 && together === "all" ? ["atomic"] : [], ...options.length > 0 ? ["push-options"] : []];
}
async function sent(line, { capabilities }, updates, objects, terms) {
	const hasBands = capabilities.includes("side-band-64k");
	const wanted = [
		"report-status",
		...hasBands ? ["side-band-64k"] : [],
		...neededFor(updates, terms)
	];
	const none = "0".repeat(40);
	const [first = "", ...more] = updates.map(({ ref, from = none, to = none }) => `${from} ${to} ${ref}`);
	const commands = [`${first}\0 ${wanted.join(" ")} agent=${agent}`, ...more].map(packet);
	const said = terms.options.length === 0 ? [] : [...terms.options.map(packet), sign("flush")];
	const head = Buffer.from([
		...commands,
		sign("flush"),
		...said
	].join(""));
	const body = updates.every(({ to }) => to === void 0) ? head : Buffer.concat([head, packOf(objects, !capabilities.includes("no-thin"))]);
	return await line.ask("git-receive-pack", body).then((bytes) => reported(bytes, hasBands, updates)).catch(() => ({
		answer: "unknown",
		said: ""
	}));
}
function reported(bytes, hasBands, updates) {
	const { answer, said } = hasBands ? bandsIn(packetsIn(bytes)) : {
		answer: bytes,
		said: ""
	};
	const lines = packetsIn(answer).map(lineIn);
	const isOk = (ref) => lines.includes(`ok ${ref}`);
	if (updates.every(({ ref }) => isOk(ref))) return { answer: "done" };
	return {
		answer: updates.every(({ ref }) => isOk(ref) || lines.some((each) => each?.startsWith(`ng ${ref} `))) ? "refused" : "unknown",
		said: saidByHooks(said.split(/[\r\n]/))
	};
}
function saidByHooks(lines) {
	return lines.map((each) => each.trim()).filter((each) => each !== "").join(" ").slice(0, 500);
}
// tools/git/src/work-repository.ts
const partial = [["remote.origin.promisor", "true"], ["remote.origin.partialclonefilter", "blob:none"]];
async function openWorkRepository(settings, remote) {
	const folder = await mkdtemp(join(settings.temporaryFolder, "luban-git-"));
	const line = httpLine(settings, remote);
	const held = heldObjects(settings, folder);
	const run = (args, call) => runGit(settings, args, {
		...call,
		cwd: folder
	});
	const toFolder = () => held.toFolder(async (input, options) => succeeded(await run([
		"index-pack",
		"--stdin",
		...options
	], { input })));
	const git = async (args, call = {}) => {
		await toFolder();
		return await run(args, {
			...call,
			remote,
			config: [...partial, ...call.config ?? []]
		});
	};
	const local = async (args, call = {}) => {
		await toFolder();
		return succeeded(await run(args, call), args[0]);
	};
	const remove = async () => {
		line?.[Symbol.dispose]();
		await held[Symbol.asyncDispose]();
		await rm(folder, {
			recursive: true,
			force: true,
			maxRetries: 3
		});
	};
	try {
		await initialise(folder);
	} catch (error) {
		await remove();
		throw error;
	}
	return {
		folder,
		settings,
		remote,
		git,
		local,
		read: held.read,
		keep: held.keep,
		write: held.write,
		receiver: line === void 0 ? void 0 : receiverAt(line),
		talk: line === void 0 ? async () => void 0 : talkOn(line, settings.signal),
		[Symbol.asyncDispose]: remove
	};
}
function succeeded({ exitCode, stdout, stderr }, command = "index-pack") {
	if (exitCode === 0) return stdout;
	throw new StepError(`git ${command} failed in a private repository: ${stderr.trim().split("\n").at(-1)}`);
}
const mostFailures = 3;
function talkOn(line, signal) {
	const conversation = converse(line);
	let failures = 0;
	return async (question) => {
		if (failures >= mostFailures) return void 0;
		try {
			const answer = await question(conversation);
			failures = 0;
			return answer;
		} catch (error) {
			signal.throwIfAborted();
			failures = error instanceof OtherProtocolError ? mostFailures : failures + 1;
			return;
		}
	};
}
async function initialise(folder) {
	await Promise.all([mkdir(join(folder, "objects")), mkdir(join(folder, "refs"))]);
	await writeFile(join(folder, "config"), "[core]\n	repositoryformatversion = 0\n	bare = true\n");
	await writeFile(join(folder, "HEAD"), "ref: refs/heads/unused\n");
}
// tools/git/src/file-history.ts
const firstDepth = 50;
const deepest = 3200;
async function fileHistory(settings, remote, { path, ...request }) {
	const { versions, more } = await filesHistory(settings, remote, {
		...request,
		paths: [path]
	});
	return {
		versions: versions.map(({ texts, ...version }) => ({
			...version,
			text: texts.get(path)
		})),
		more
	};
}
async function filesHistory(settings, remote, request) {
	if (!request.paths.every(isRepositoryPath)) throw new InputError("this is not a path in a repository", [{
		field: "path",
		expected: "expected a relative path"
	}]);
	const ref = `refs/heads/${checkRefName(request.branch, "branch")}`;
	await using repository = await openWorkRepository(settings, remote);
	const { entries, shallow } = await searchBack(repository, ref, request, firstDepth);
	return {
		versions: await withTexts(repository, entries.slice(0, request.limit), request.paths),
		more: shallow || entries.length > request.limit
	};
}
async function withTexts(repository, commits, paths) {
	const found = await Promise.all(commits.map(({ commit }) => entriesAt(repository, commit, paths)));
	const present = [...new Set(found.flatMap((files) => files.map(({ id }) => id)))];
	await fetchBlobs(repository, commits[0]?.commit ?? "", present);
	const blobs = await readBlobs(repository, present);
	return commits.map((each, at) => {
		const texts = (found[at] ?? []).flatMap(({ path, id }) => {
			const bytes = paths.includes(path) ? blobs.get(id) : void 0;
			return bytes === void 0 ? [] : [[path, textOf({
				bytes,
				executable: false
			}, path)]];
		});
		return {
			...each,
			texts: new Map(texts)
		};
	});
}
async function searchBack(repository, ref, request, depth) {
	const tip = await fetchCommit(repository, ref, {
		filter: "blob:none",
		depth
	});
	if (tip === void 0) throw new InputError(`${repository.remote.url} has no branch ${request.branch}`, [{
		field: "branch",
		expected: "expected a branch of that repository"
	}]);
	const cut = new Set((await repository.local([
		"rev-list",
		"--max-parents=0",
		tip
	])).split("\n"));
	const shallow = (await repository.local(["rev-parse", "--is-shallow-repository"])).trim() === "true";
	const entries = (await logOf(repository, tip, request.paths)).filter(({ commit }) => !shallow || !cut.has(commit));
	if (!shallow || entries.length > request.limit || depth >= deepest) return {
		entries,
		shallow
	};
	return searchBack(repository, ref, request, depth * 4);
}
async function logOf(repository, tip, paths) {
	const args = [
		"--literal-pathspecs",
		"log",
		"-z",
		"--first-parent",
		"--format=%H%x00%ct%x00%an%x00%ae%x00%s%x00%(trailers:only,unfold,separator=%x1e)",
		tip,
		"--",
		...paths
	];
	const fields = (await repository.local(args)).split("\0");
	const commits = [];
	for (let at = 0; at + 5 < fields.length; at += 6) {
		const [commit = "", seconds, name = "", email = "", subject = "", trailers = ""] = fields.slice(at, at + 6);
		const date = new Date(Number(seconds) * 1e3);
		commits.push({
			commit,
			date,
			author: {
				name,
				email
			},
			subject,
			trailers: trailersOf(trailers)
		});
	}
	return commits;
}
function trailersOf(text) {
	return text.split("").flatMap((line) => {
		const colon = line.indexOf(":");
		return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
	});
}
// tools/git/src/find-files.ts
async function findFiles(settings, remote, branch, { isWanted, alsoWanted = () => [] }) {
	const ref = `refs/heads/${checkRefName(branch, "branch")}`;
	await using repository = await openWorkRepository(settings, remote);
	const commit = await fetchCommit(repository, ref, {
		filter: "blob:none",
		depth: 1
	});
	if (commit === void 0) return void 0;
	const entries = await allEntries(repository, commit);
	const found = await contentsOf(repository, commit, entries.filter(({ path }) => isWanted(path)));
	const paths = entries.map(({ path }) => path);
	const more = new Set(alsoWanted(found, paths).filter((path) => !found.has(path)));
	const also = await contentsOf(repository, commit, entries.filter(({ path }) => more.has(path)));
	return {
		commit,
		files: new Map([...found, ...also])
	};
}
// tools/git/src/git-url.ts
function parseGitUrl(url, allowFile) {
	if (url === "" || url.startsWith("-") || /[\p{Cc} ]|::/u.test(url)) throw refused("is not an address of a repository");
	if (/^[\w.-]+@[\w.-]+:(?!\/\/)[^\\]+$/.test(url)) return {
		url,
		protocol: "ssh",
		origin: void 0
	};
	const parsed = URL.parse(url);
	if (parsed === null) throw refused("is not an address of a repository");
	if (parsed.password !== "") throw withCredentials();
	switch (parsed.protocol) {
		case "http:":
		case "https:":
			if (parsed.username !== "") throw withCredentials();
			return {
				url,
				protocol: parsed.protocol === "http:" ? "http" : "https",
				origin: parsed.origin
			};
		case "ssh:":
			if (decodeURIComponent(parsed.hostname).startsWith("-")) throw refused("has a host that starts with a dash");
			return {
				url,
				protocol: "ssh",
				origin: void 0
			};
		case "file:":
			if (allowFile) return {
				url,
				protocol: "file",
				origin: void 0
			};
			throw refused("is a file address, which is not allowed here");
		default: throw refused(`has the protocol ${parsed.protocol} which is not http, https or ssh`);
	}
}
function refused(why) {
	return new InputError(`the repository URL ${why}`, [{
		field: "repoUrl",
		expected: "expected an https, http or ssh URL"
	}]);
}
function withCredentials() {
	return new InputError("the repository URL holds credentials", [{
		field: "repoUrl",
		expected: "expected a URL without a user or password before the host"
	}], { hint: "Take the part before @ out of the URL and give the user name and token as inputs of their own." });
}
// tools/git/src/file-index.ts
const newline = 10;
const checksumLength = 64;
function indexName(url, branch, choice) {
	return `${sha256(JSON.stringify([
		url,
		branch,
		choice
	])).slice(0, 40)}.index`;
}
async function readIndex(path) {
	const bytes = await readFile(path).catch(() => void 0);
	if (bytes === void 0) return void 0;
	const body = bytes.subarray(65);
	if (bytes.toString("latin1", 0, checksumLength) !== sha256(body)) return void 0;
	const lineEnd = body.indexOf(newline);
	const head = headOf(body.toString("utf8", 0, Math.max(0, lineEnd)));
	if (head === void 0) return void 0;
	const { commit, entries, blobs } = head;
	let at = lineEnd + 1;
	const contents = blobs.map(([id, length]) => {
		at += length;
		return [id, body.subarray(at - length, at)];
	});
	return {
		commit,
		entries: entries.map(([filePath, id, mode]) => ({
			path: filePath,
			id,
			mode
		})),
		blobs: new Map(contents)
	};
}
async function writeIndex(path, { commit, entries, blobs }, log) {
	const head = JSON.stringify({
		version: 1,
		commit,
		entries: entries.map((each) => [
			each.path,
			each.id,
			each.mode
		]),
		blobs: [...blobs].map(([id, bytes]) => [id, bytes.length])
	});
	const body = Buffer.concat([Buffer.from(`${head}\n`), ...blobs.values()]);
	const beside = `${path}.${randomUUID()}`;
	try {
		await mkdir(dirname(path), {
			recursive: true,
			mode: 448
		});
		await writeFile(beside, Buffer.concat([Buffer.from(`${sha256(body)}\n`), body]), { mode: 384 });
		await rename(beside, path);
	} catch (error) {
		await rm(beside, { force: true }).catch(() => {});
		log.warn(`what was read is not kept: ${messageOf$1(error)}`);
	}
}
function headOf(line) {
	const schema = object({
		version: literal(1),
		commit: string(),
		entries: array(tuple([
			string(),
			string(),
			string()
		])),
		blobs: array(tuple([string(), number().int().nonnegative()]))
	});
	try {
		return schema.parse(JSON.parse(line));
	} catch {
		return;
	}
}
function sha256(content) {
	return createHash("sha256").update(content).digest("hex");
}
// tools/git/src/kept-files.ts
async function keptFiles(settings, remote, request) {
	const { branch, choice, folder } = request;
	const ref = `refs/heads/${checkRefName(branch, "branch")}`;
	const path = folder === void 0 ? void 0 : join(folder, indexName(remote.url, branch, choice));
	const kept = path === void 0 ? void 0 : await readIndex(path);
	if (kept !== void 0) {
		const [tip] = await listRefs(settings, remote, [ref]);
		if (tip?.commit === kept.commit) return {
			commit: kept.commit,
			files: filesIn(kept),
			fetched: 0
		};
	}
	await using repository = await openWorkRepository(settings, remote);
	const commit = await fetchCommit(repository, ref, {
		filter: "blob:none",
		depth: 1
	});
	if (commit === void 0) return void 0;
	const entries = (await allEntries(repository, commit)).filter((each) => request.isWanted(each.path));
	const { blobs, fetched } = await contents(repository, commit, entries, kept);
	const index = {
		commit,
		entries: entries.map(({ path: file, id, mode }) => ({
			path: file,
			id,
			mode
		})),
		blobs
	};
	if (path !== void 0) await writeIndex(path, index, settings.log);
	return {
		commit,
		files: filesIn(index),
		fetched
	};
}
async function contents(repository, commit, entries, kept) {
	const ids = new Set(entries.map(({ id }) => id));
	const known = [...kept?.blobs ?? []].filter(([id]) => ids.has(id));
	const here = new Set(known.map(([id]) => id));
	const missing = [...ids].filter((id) => !here.has(id));
	await fetchBlobs(repository, commit, missing);
	const read = await readBlobs(repository, missing);
	return {
		blobs: new Map([...known, ...read]),
		fetched: missing.length
	};
}
function filesIn({ entries, blobs }) {
	return new Map(entries.flatMap(({ path, id, mode }) => {
		const bytes = blobs.get(id);
		return bytes === void 0 || !isRepositoryPath(path) ? [] : [[path, {
			bytes,
			executable: mode === "100755"
		}]];
	}));
}
// tools/git/src/landing/land-job.ts
const usualDeadlineSeconds = 120;
function landJob(settings, target, requests) {
	const deadlineSeconds = target.deadlineSeconds ?? usualDeadlineSeconds;
	if (requests.length === 0 || requests.some(({ edits }) => edits.length === 0)) throw new InputError("there is no edit to land");
	return {
		branch: checkRefName(target.branch, "branch"),
		commits: requests.map((request) => ({
			edits: request.edits.map(parseEdit),
			message: request.message,
			author: request.author ?? settings.committer,
			trailers: request.trailers ?? {}
		})),
		deadline: new Date(settings.clock.now().getTime() + deadlineSeconds * 1e3),
		deadlineSeconds,
		createFrom: target.createFrom === void 0 ? void 0 : checkRefName(target.createFrom, "createFrom"),
		leftOver: target.leftOver,
		dryRun: target.dryRun ?? false
	};
}
// tools/git/src/landing/commit-message.ts
function commitMessage(message, trailers) {
	const lines = [
		...(trailers.images ?? []).map((image) => ["Luban-Image", image]),
		["Luban-Source-Repository", trailers.sourceRepository],
		["Luban-Source-Commit", trailers.sourceCommit],
		["Luban-Promoted-From", trailers.promotedFrom],
		["Luban-Order", trailers.order],
		["Luban-Requested-By", trailers.requestedBy],
		["Luban-Run", trailers.run],
		["Luban-Key", trailers.key],
		["Luban-Intent", trailers.intent]
	].flatMap(([name, value]) => value === void 0 ? [] : [`${name}: ${oneLine(value)}`]);
	const text = message.replaceAll("\0", "").replaceAll("\r\n", "\n").trim();
	return lines.length === 0 ? `${text}\n` : `${text}\n\n${lines.join("\n")}\n`;
}
function oneLine(value) {
	return value.replace(/[^ -~\u{a0}-\u{2027}\u{202a}-\u{10ffff}]+/gu, " ").trim();
}
// tools/git/src/landing/plan-stack.ts
async function planStack(repository, base, jobs, waiting, cameAlong) {
	const { files, readable } = await filesFor(repository, base, jobs, waiting, cameAlong);
	const { commits: mine, after } = plan(jobs, files, void 0);
	let current = after;
	const planned = readable.flatMap((intent) => {
		const tried = tryPlan(intent, current);
		if (tried === void 0) return [];
		current = tried.after;
		return [{
			intent,
			commits: tried.commits.filter(hasChanges)
		}];
	});
	return {
		mine,
		others: planned.flatMap(({ commits }) => commits),
		landing: planned.flatMap(({ intent, commits }) => commits.length > 0 ? [intent] : []),
		idle: planned.flatMap(({ intent, commits }) => commits.length > 0 ? [] : [intent])
	};
}
function atTheirJobs(mine, ids) {
	const remaining = [...ids];
	return mine.map((planned) => hasChanges(planned) ? remaining.shift() : void 0);
}
function takenAwayBy({ landing, idle }) {
	return [...landing, ...idle].map(({ at }) => at);
}
function hasChanges({ changes }) {
	return changes.size > 0;
}
function plan(jobs, files, intentId) {
	let current = files;
	return {
		commits: jobs.map((job) => {
			const before = current;
			const applied = applyEdits(job.edits, before);
			current = withChanges(before, applied.changes);
			return {
				applied,
				changes: applied.changes,
				created: [...applied.changes.keys()].filter((path) => !before.has(path)),
				notes: [...new Set(applied.outcomes.flatMap(({ notes }) => notes))],
				diff: intentId === void 0 ? unifiedDiff(before, applied.changes) : "",
				message: commitMessage(job.message, trailersFor(job, applied, intentId)),
				author: job.author
			};
		}),
		after: current
	};
}
function tryPlan(intent, files) {
	try {
		return plan(intent.commits, files, intent.id);
	} catch {
		return;
	}
}
async function filesFor(repository, base, jobs, waiting, cameAlong) {
	const read = (groups) => filesAt(repository, base, [...new Set(groups.flatMap(pathsOfGroup))], cameAlong);
	const own = { commits: jobs };
	try {
		return {
			files: await read([own, ...waiting]),
			readable: waiting
		};
	} catch (error) {
		if (waiting.length === 0) throw error;
	}
	const files = await read([own]);
	const readable = await Promise.all(waiting.map(async (each) => await isReadable(read([each])) ? [each] : []));
	const others = await read([own, ...readable.flat()]);
	return {
		files: new Map([...files, ...others]),
		readable: readable.flat()
	};
}
async function isReadable(reading) {
	return await reading.then(() => true, () => false);
}
function pathsOfGroup({ commits }) {
	return commits.flatMap(({ edits }) => edits.flatMap(pathsOf));
}
function trailersFor(job, applied, intent) {
	const changing = job.edits.filter((_, at) => applied.outcomes[at]?.outcome === "changed");
	const [provenance] = changing.flatMap((edit) => "provenance" in edit && edit.provenance !== void 0 ? [edit.provenance] : []);
	return {
		images: [...new Set(changing.flatMap(imagesOf))],
		...provenance,
		...job.trailers,
		intent
	};
}
// tools/git/src/landing/push-refs.ts
async function pushRefs(repository, updates, { objects = [], options = [], together = "all" } = {}) {
	const terms = {
		options,
		together
	};
	return await repository.receiver?.push(updates, objects, terms) ?? await pushByGit(repository, updates, terms);
}
async function pushByGit(repository, updates, { options, together }) {
	const leases = updates.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ""}`);
	const atomic = updates.length > 1 && together === "all" ? ["--atomic"] : [];
	const refspecs = updates.map(({ ref, to }) => `${to ?? ""}:${ref}`);
	const fixed = [
		"push",
		"--porcelain",
		"--no-verify",
		...options.map((option) => `--push-option=${option}`)
	];
	const result = await repository.git([
		...fixed,
		...atomic,
		...leases,
		"origin",
		...refspecs
	]);
	if (result.exitCode === 0) return { answer: "done" };
	const ours = result.stdout.split("\n").filter((line) => line.startsWith("!")).filter((line) => updates.some(({ ref }) => line.includes(`:${ref}\t`)));
	const remote = "remote: ";
	const said = saidByHooks(result.stderr.split("\n").flatMap((line) => line.startsWith(remote) ? [line.slice(8)] : []));
	if (ours.length === 0) return {
		answer: "unknown",
		said
	};
	return {
		answer: ours.every((line) => line.includes("	[rejected]")) ? "not sent" : "refused",
		said
	};
}
// tools/git/src/landing/commit-by-api.ts
async function commitByApi({ repository, job }, api, view, stack) {
	const [planned, ...more] = stack.mine.filter(hasChanges);
	if (planned === void 0 || more.length > 0) throw new InputError("several commits in one go are not made through an API; push them, or land one at a time");
	const program = [...planned.changes].find(([, file]) => file?.executable === true);
	if (program !== void 0) throw new InputError(`${program[0]} is executable, which the API cannot say; push it`);
	if (view.tip !== view.base) {
		const pushed = await pushRefs(repository, [{
			ref: `refs/heads/${job.branch}`,
			from: view.tip,
			to: view.base
		}]);
		if (pushed.answer !== "done") return {
			pushed,
			commits: stack.mine.map(() => void 0)
		};
	}
	const { message, changes, created, author } = planned;
	const made = await api.commit({
		url: repository.remote.url,
		branch: job.branch
	}, {
		expectedHead: view.base,
		message,
		changes,
		created,
		author
	});
	const id = made.outcome === "committed" ? made.commit : void 0;
	return {
		pushed: made.outcome === "committed" ? { answer: "done" } : {
			answer: "not sent",
			said: ""
		},
		commits: stack.mine.map((each) => hasChanges(each) ? id : void 0)
	};
}
// tools/git/src/landing/landing.ts
function newLanding(repository, job) {
	return {
		repository,
		job,
		attempts: 0,
		milliseconds: 0,
		standstills: 0,
		open: void 0,
		from: void 0,
		here: {
			files: new Set(),
			commits: new Set()
		},
		planned: [],
		folds: isAlone(repository, job) ? false : void 0,
		intent: void 0,
		left: [],
		unanswered: void 0,
		seen: void 0,
		standsInLine: false
	};
}
function isAlone({ settings }, { dryRun }) {
	return settings.intents === void 0 || settings.apiCommits !== void 0 || dryRun;
}
function ownIn({ line }, { left }) {
	return line.filter(({ id }) => left.includes(id));
}
function othersIn({ line }, { left }) {
	return line.filter(({ id }) => !left.includes(id));
}
function circumstancesOf({ attempts }, stack) {
	const others = stack.landing.length;
	return {
		attempts,
		...others === 0 ? {} : { folding: {
			role: "leader",
			others
		} }
	};
}
// tools/git/src/landing/intent.ts
const heading = "Luban CI: an edit that waits to be landed [skip ci]";
const idPattern = /^\d{8}T\d{9}Z-[0-9a-f]{8}$/;
function newIntentId(now) {
	return `${now.toISOString().replace(/[-:.]/g, "")}-${randomBytes(4).toString("hex")}`;
}
function isIntentId(text) {
	return idPattern.test(text);
}
function askedAt(id) {
	const [, year, month, day, hour, minute, second, fraction] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(id) ?? [];
	return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z`);
}
function ageOf({ id }, now) {
	return now.getTime() - askedAt(id).getTime();
}
function intentMessage(intent, key) {
	const json = JSON.stringify({
		version: 1,
		...intent,
		expires: intent.expires.toISOString()
	});
	return `${heading}\n\n${json}\n${key === void 0 ? "" : `${signature(json, key)}\n`}`;
}
function readIntent(message, place, key) {
	const [, , json = "", signed = ""] = message.split("\n");
	const data = jsonOf(json);
	const expires = envelope().safeParse(data).data?.expires;
	if (key !== void 0 && !isSigned(json, signed, key)) return {
		kind: "foreign",
		expires
	};
	const checked = intentSchema().safeParse(data);
	if (!checked.success || checked.data.id !== place.id || checked.data.branch !== place.branch) return {
		kind: "foreign",
		expires
	};
	const { version: _, ...intent } = checked.data;
	return {
		kind: "known",
		intent
	};
}
const signature = (json, key) => `hmac-sha256 ${createHmac("sha256", key).update(json).digest("hex")}`;
function isSigned(json, signed, key) {
	const [wanted, found] = [Buffer.from(signature(json, key)), Buffer.from(signed)];
	return wanted.length === found.length && timingSafeEqual(wanted, found);
}
function jsonOf(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
const once = (make) => {
	let made;
	return () => made ??= make();
};
const time = () => datetime().transform((text) => new Date(text));
const envelope = once(() => looseObject({ expires: time() }));
const intentSchema = once(() => {
	const line = string();
	const trailers = object({
		images: array(line).optional(),
		...Object.fromEntries([
			"sourceRepository",
			"sourceCommit",
			"run",
			"requestedBy",
			"promotedFrom",
			"order",
			"key"
		].map((name) => [name, line.optional()]))
	});
	const edit = unknown().transform((value, ctx) => {
		try {
			return parseEdit(value);
		} catch (error) {
			ctx.addIssue({
				code: "custom",
				message: String(error)
			});
			return NEVER;
		}
	});
	const commit = object({
		edits: array(edit).min(1),
		message: string(),
		author: object({
			name: string(),
			email: string()
		}),
		trailers
	});
	return object({
		version: literal(1),
		id: string().regex(idPattern),
		branch: string(),
		expires: time(),
		commits: array(commit).min(1)
	});
});
// tools/git/src/landing/intent-refs.ts
const prefixes = {
	"custom refs": "refs/luban/intents/",
	branches: "refs/heads/luban-intents/"
};
function intentRefName(place, branch, id) {
	return `${prefixes[place]}${branch}/${id}`;
}
function intentPrefixes(branch) {
	return Object.values(prefixes).map((prefix) => `${prefix}${branch}/`);
}
function intentRefsAmong(refs, branch) {
	return [...refs].flatMap(([ref, commit]) => {
		const prefix = intentPrefixes(branch).find((each) => ref.startsWith(each));
		const id = prefix === void 0 ? "" : ref.slice(prefix.length);
		return isIntentId(id) ? [{
			id,
			ref,
			commit
		}] : [];
	}).sort((a, b) => a.id < b.id ? -1 : 1);
}
// tools/git/src/landing/write-commits.ts
async function writeCommits(repository, parent, commits) {
	const { clock, committer } = repository.settings;
	const seconds = Math.floor(clock.now().getTime() / 1e3);
	const objects = [];
	const write = (object, old) => {
		objects.push({
			...object,
			old
		});
		return repository.write(object);
	};
	let root = parent === void 0 ? void 0 : await rootOf(repository, parent);
	const ids = [];
	for (const { changes, message, author } of commits) {
		root = await folderWith(repository, write, root, [...changes].map(stepsTo)) ?? write(emptyFolder);
		const below = ids.at(-1) ?? parent;
		const lines = [
			`tree ${root}`,
			...below === void 0 ? [] : [`parent ${below}`],
			`author ${identity(author)} ${seconds} +0000`,
			`committer ${identity(committer)} ${seconds} +0000`
		];
		ids.push(write({
			type: "commit",
			bytes: Buffer.from(`${lines.join("\n")}\n\n${message}`)
		}));
	}
	return {
		ids,
		objects
	};
}
const emptyFolder = {
	type: "tree",
	bytes: Buffer.alloc(0)
};
function stepsTo([path, file]) {
	return {
		steps: path.split("/"),
		file
	};
}
async function folderWith(repository, write, folder, changes) {
	const bytes = folder === void 0 ? void 0 : await readObject(repository, folder, "tree");
	const before = bytes === void 0 ? [] : itemsIn(bytes);
	const items = new Map([...before].map((item) => [keyOf(item.nameBytes), item]));
	for (const [name, here] of Map.groupBy(changes, ({ steps: [name = ""] }) => name)) {
		const key = keyOf(Buffer.from(name));
		const item = await itemWith(repository, write, items.get(key), name, here);
		if (item === void 0) items.delete(key);
		else items.set(key, item);
	}
	const old = bytes && {
		type: "tree",
		bytes
	};
	return items.size === 0 ? void 0 : write({
		type: "tree",
		bytes: treeOf(items.values())
	}, old);
}
function keyOf(name) {
	return name.toString("latin1");
}
async function itemWith(repository, write, item, name, changes) {
	const nameBytes = Buffer.from(name);
	const below = changes.filter(({ steps }) => steps.length > 1).map(({ steps, file }) => ({
		steps: steps.slice(1),
		file
	}));
	const wasFolder = item?.mode === folderMode;
	const from = wasFolder ? item.id : void 0;
	const folder = below.length === 0 ? void 0 : await folderWith(repository, write, from, below);
	const file = changes.find((change) => change.steps.length === 1 && change.file !== void 0)?.file;
	if (file !== void 0) {
		const old = item === void 0 ? void 0 : (await repository.read([item.id])).get(item.id);
		const id = write({
			type: "blob",
			bytes: Buffer.from(file.bytes)
		}, old?.type === "blob" ? old : void 0);
		return {
			mode: file.executable ? "100755" : "100644",
			name,
			nameBytes,
			id
		};
	}
	if (folder !== void 0) return {
		mode: folderMode,
		name,
		nameBytes,
		id: folder
	};
	return (wasFolder ? below.length === 0 : below.length === changes.length) ? item : void 0;
}
function identity({ name, email }) {
	const clean = (text) => oneLine(text.replace(/[<>]/g, ""));
	return `${clean(name)} <${clean(email)}>`;
}
// tools/git/src/landing/own-intent.ts
const ways = [
	{
		way: "custom refs",
		place: "custom refs",
		options: []
	},
	{
		way: "quiet branches",
		place: "branches",
		options: ["ci.skip"]
	},
	{
		way: "branches",
		place: "branches",
		options: []
	}
];
async function leaveIntent(repository, job, id) {
	const { intents, committer } = repository.settings;
	const { url } = repository.remote;
	const known = await intents?.memory?.recall(url);
	if (known === "none") return { answer: "refused" };
	const intent = {
		id,
		branch: job.branch,
		expires: job.deadline,
		commits: job.commits
	};
	const { ids: [commit = ""], objects } = await writeCommits(repository, void 0, [{
		changes: new Map(),
		message: intentMessage(intent, intents?.key),
		author: committer
	}]);
	const first = Math.max(0, ways.findIndex(({ way }) => way === known));
	for (const { way, place, options } of ways.slice(first)) {
		const ref = intentRefName(place, job.branch, id);
		const pushed = await pushRefs(repository, [{
			ref,
			from: void 0,
			to: commit
		}], {
			objects,
			options
		});
		const there = pushed.answer === "done" ? commit : await commitAt(repository, ref);
		if (there !== void 0 && way !== "custom refs") await intents?.memory?.keep(url, way);
		if (there !== void 0) return {
			answer: "left",
			own: {
				id,
				ref,
				commit: there
			}
		};
		if (pushed.answer === "unknown" && options.length === 0) return { answer: "unknown" };
	}
	await intents?.memory?.keep(url, "none");
	return { answer: "refused" };
}
async function commitAt({ settings, remote }, ref) {
	const [there] = await listRefs(settings, remote, [ref]);
	return there?.commit;
}
async function withdrawIntents(repository, intents) {
	if (intents.length === 0) return;
	await pushRefs(repository, intents.map(({ ref, commit }) => ({
		ref,
		from: commit,
		to: void 0
	})), { together: "each" });
}
// tools/git/src/landing/read-view.ts
async function readView(landing) {
	const { repository, job } = landing;
	const [ref, start] = [`refs/heads/${job.branch}`, job.createFrom && `refs/heads/${job.createFrom}`];
	const named = [
		ref,
		...start === void 0 ? [] : [start],
		...intentPrefixes(job.branch)
	];
	const view = viewOf(await repository.talk((server) => server.listRefs(named)) ?? await fetchView(landing, ref, start), job);
	if (view !== void 0) return view;
	const [field, missing] = job.createFrom === void 0 ? ["branch", job.branch] : ["createFrom", job.createFrom];
	throw new InputError(`${repository.remote.url} has no branch ${missing}`, [{
		field,
		expected: "expected a branch that exists in that repository"
	}]);
}
function viewOf(refs, job) {
	const { branch, createFrom } = job;
	const tip = refs.get(`refs/heads/${branch}`);
	const base = isCut(tip, job) ? refs.get(`refs/heads/${createFrom}`) : tip;
	if (base === void 0) return void 0;
	return {
		base,
		tip,
		line: tip === void 0 ? [] : intentRefsAmong(refs, branch)
	};
}
function isCut(tip, { leftOver }) {
	return tip === void 0 || tip === leftOver;
}
async function fetchView({ repository, job, here }, ref, start) {
	const options = here.files.size === 0 ? firstTip : laterTip;
	const along = intentPrefixes(job.branch).map((prefix) => `${prefix}*`);
	const fetched = await fetchRefs(repository, ref, {
		...options,
		along
	});
	const cut = isCut(fetched?.commit, job) && start !== void 0 ? await fetchRefs(repository, start, options) : void 0;
	const refs = [
		...fetched?.along ?? [],
		...fetched === void 0 ? [] : [[ref, fetched.commit]],
		...cut === void 0 || start === void 0 ? [] : [[start, cut.commit]]
	];
	for (const [, commit] of refs) {
		here.files.add(commit);
		here.commits.add(commit);
	}
	return new Map(refs);
}
const firstTip = {
	filter: "upper trees",
	depth: 1
};
const laterTip = {
	filter: "none",
	depth: 0
};
async function bringFiles({ repository, here }, tip) {
	if (here.files.has(tip)) return;
	await fetchCommits(repository, [tip], here.files.size === 0 ? firstTip : laterTip, [...here.files]);
	here.files.add(tip);
	here.commits.add(tip);
}
async function bringCommits({ repository, here }, ids) {
	const missing = ids.filter((id) => !here.commits.has(id));
	if (missing.length === 0) return;
	await fetchCommits(repository, missing, {
		filter: "tree:0",
		depth: 0
	}, [...here.commits]);
	for (const id of missing) here.commits.add(id);
}
async function readLine(landing, line) {
	if (line.length === 0) return {
		waiting: [],
		expired: []
	};
	const { repository, job } = landing;
	const { clock, intents } = repository.settings;
	const now = clock.now();
	const ids = line.map(({ commit }) => commit);
	await bringCommits(landing, ids);
	const commits = await readObjects(repository, ids, "commit");
	const read = line.map((at) => ({
		at,
		found: readIntent(messageOf(commits.get(at.commit)), {
			id: at.id,
			branch: job.branch
		}, intents?.key)
	}));
	return {
		waiting: read.flatMap(({ at, found }) => found.kind === "known" && found.intent.expires > now ? [{
			...found.intent,
			at
		}] : []),
		expired: read.flatMap(({ at, found }) => {
			const expires = found.kind === "known" ? found.intent.expires : found.expires;
			return expires !== void 0 && expires <= now ? [at] : [];
		})
	};
}
function messageOf(commit) {
	const text = commit?.toString("utf8") ?? "";
	return text.slice(text.indexOf("\n\n") + 2);
}
// tools/git/src/landing/results.ts
function landedResults(planned, ids, base, circumstances) {
	return planned.map((commit, at) => {
		const id = ids[at];
		if (id === void 0) return settledResult(commit, base, circumstances);
		return {
			...told(commit, circumstances),
			outcome: "landed",
			changed: true,
			commit: id,
			diff: commit.diff
		};
	});
}
function wouldLandResults(planned, base, circumstances) {
	return planned.map((commit) => {
		if (!hasChanges(commit)) return settledResult(commit, base, circumstances);
		return {
			...told(commit, circumstances),
			outcome: "would land",
			changed: false,
			commit: base,
			diff: commit.diff
		};
	});
}
function settledResult(planned, base, circumstances) {
	const { outcomes } = planned.applied;
	const settled = {
		...told(planned, circumstances),
		changed: false,
		commit: base
	};
	const superseded = outcomes.find(({ outcome }) => outcome === "superseded");
	if (superseded?.outcome === "superseded") return {
		...settled,
		outcome: "superseded",
		by: superseded.by
	};
	const isRequest = outcomes.every((each) => each.outcome === "unchanged" && each.why === "same request");
	return {
		...settled,
		outcome: "already there",
		why: isRequest ? "same request" : "same content"
	};
}
function told({ notes, applied }, { attempts, folding }) {
	return {
		notes: folding === void 0 ? notes : [...notes, foldingNote(folding)],
		attempts,
		...folding === void 0 ? {} : { folding },
		edits: applied.outcomes.map(({ outcome }) => outcome)
	};
}
function foldingNote(folding) {
	if (folding.role === "folded") return "landed by another writer who was first in line";
	return `landed in one push with the edits of ${folding.others === 1 ? "another writer" : `${folding.others} other writers`}`;
}
// tools/git/src/read-commit.ts
async function readCommit(settings, remote, refOrCommit) {
	const { commit, ref } = await resolveRef(settings, remote, refOrCommit);
	await using repository = await openWorkRepository(settings, remote);
	const fetched = await fetchCommit(repository, ref ?? commit, {
		filter: "tree:0",
		depth: 1
	});
	if (fetched === void 0) throw noSuchCommit(remote, commit);
	return parseCommit(fetched, (await readObject(repository, fetched, "commit")).toString("utf8"));
}
function parseCommit(commit, text) {
	const [head = "", ...rest] = text.split("\n\n");
	const ids = (name) => head.split("\n").flatMap((line) => line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []);
	const person = (name) => {
		const line = head.split("\n").find((each) => each.startsWith(`${name} `)) ?? "";
		const [, who = "", email = "", seconds = "0"] = /^\w+ (.*?) ?<([^>]*)> (\d+)/.exec(line) ?? [];
		return {
			who: {
				name: who,
				email
			},
			at: new Date(Number(seconds) * 1e3)
		};
	};
	const [author, committer] = [person("author"), person("committer")];
	return {
		commit,
		tree: ids("tree")[0] ?? "",
		parents: ids("parent"),
		author: author.who,
		authoredAt: author.at,
		committer: committer.who,
		committedAt: committer.at,
		message: rest.join("\n\n")
	};
}
function noSuchCommit(remote, commit) {
	return new InputError(`${remote.url} has no commit ${commit}`, [{
		field: "revision",
		expected: "expected a commit that a branch or tag of that repository reaches"
	}]);
}
// tools/git/src/landing/landed-since.ts
async function landedSince(landing, to) {
	const { repository, from } = landing;
	if (from === void 0 || from === to) return [];
	await bringCommits(landing, [to]);
	const found = new Map();
	for (let next = [to]; next.length > 0;) {
		const ids = next.filter((id) => id !== from && !found.has(id));
		const commits = [...await repository.read(ids)].map(([id, { bytes }]) => parseCommit(id, bytes.toString("utf8")));
		for (const { commit, parents, message } of commits) found.set(commit, {
			commit,
			below: parents[0] ?? "",
			intent: intentIn(message)
		});
		next = commits.flatMap(({ parents }) => parents);
	}
	return [...found.values()].reverse();
}
function intentIn(message) {
	const trailers = message.trimEnd().split("\n\n").at(-1) ?? "";
	return /^Luban-Intent: (.+)$/m.exec(trailers)?.[1] ?? "";
}
// tools/git/src/landing/settle-earlier.ts
const mostStandstills = 3;
async function settleEarlier(landing, view) {
	const { open } = landing;
	const landed = open === void 0 && landing.left.length === 0 ? void 0 : await findLanded(landing, view.base);
	if (landed !== void 0) return landed;
	landing.intent = ownIn(view, landing)[0];
	if (landing.intent !== void 0) landing.unanswered = void 0;
	if (open !== void 0) await countStandstill(landing, open, view);
	landing.open = void 0;
}
async function findLanded(landing, to) {
	const { open, left, planned, attempts } = landing;
	const since = await landedSince(landing, to);
	if (open !== void 0 && since.some(({ commit }) => open.commits.includes(commit))) return landedResults(open.stack.mine, open.commits, open.view.base, circumstancesOf(landing, open.stack));
	const ours = since.filter(({ intent }) => left.includes(intent));
	const [first] = ours;
	if (first === void 0) return void 0;
	return landedResults(planned, atTheirJobs(planned, ours.map(({ commit }) => commit)), first.below, {
		attempts,
		folding: { role: "folded" }
	});
}
async function countStandstill(landing, { stack, view: before, answer, said }, view) {
	const { settings, remote } = landing.repository;
	const takenAway = takenAwayBy(stack);
	const isSame = view.tip === before.tip && takenAway.every((each) => isAmong(view, each));
	landing.standstills = isSame ? landing.standstills + 1 : 0;
	if (!isSame) return;
	const state = await serverState(settings, remote, "git-receive-pack");
	if (state.state === "refused" || state.state === "absent") throw remoteError(remote, state, "push to", said);
	if (answer === "unknown" && takenAway.length > 0) landing.folds = false;
	if (answer === "unknown" || landing.standstills < mostStandstills) return;
	const reason = said === "" ? "" : `: ${said}`;
	throw new StepError(`${remote.url} does not accept pushes to ${landing.job.branch}${reason}`, { hint: "The branch is probably protected: open a pull request instead, or let this account push to it." });
}
function isAmong(view, { ref, commit }) {
	return view.line.some((each) => each.ref === ref && each.commit === commit);
}
// tools/git/src/landing/wait-for-turn.ts
async function waitForTurn(landing, own) {
	const { clock, random, signal } = landing.repository.settings;
	const patience = patienceWith(landing.milliseconds) * (1 + random());
	const isAheadOfUs = (each) => each.id < own.id && ageOf(each, clock.now()) < patience;
	const { seen } = landing;
	let stoodSince = clock.now();
	let firstSince;
	let view = seen?.line.some(isAheadOfUs) ? {
		...seen,
		line: [...seen.line, own]
	} : await readView(landing);
	for (;;) {
		const now = clock.now();
		if (now >= landing.job.deadline || now.getTime() - stoodSince.getTime() > patience || !view.line.some(({ ref }) => ref === own.ref)) return view;
		const isFirst = !view.line.some(isAheadOfUs);
		firstSince = isFirst ? firstSince ?? now : void 0;
		if (firstSince !== void 0 && !isWorthWaiting(view.line, firstSince, now)) return view;
		await clock.sleep(isFirst ? gathering : pollMilliseconds(view.line.length, landing.milliseconds, random()), signal);
		const next = await readView(landing);
		if (next.tip !== view.tip) stoodSince = clock.now();
		view = next;
	}
}
const gathering = 500;
const longestGathering = 1500;
function isWorthWaiting(line, firstSince, now) {
	return line.length > 1 && line.some((each) => ageOf(each, now) < gathering) && now.getTime() - firstSince.getTime() < longestGathering;
}
function patienceWith(usual) {
	return Math.max(3e3, usual * 4);
}
function pollMilliseconds(waiting, usual, random) {
	return Math.min(4e3, Math.max(100, waiting * 30, usual / 4)) * (.75 + random / 2);
}
// tools/git/src/landing/line.ts
async function mayFold(landing) {
	const { repository, job } = landing;
	const { intents } = repository.settings;
	if (landing.folds !== void 0 || intents === void 0) return landing.folds === true;
	landing.folds = intents.key !== void 0 || await intents.mayFold({
		url: repository.remote.url,
		branch: job.branch
	});
	return landing.folds;
}
function isLine(landing, view) {
	const now = landing.repository.settings.clock.now();
	return othersIn(view, landing).some((each) => ageOf(each, now) < patienceWith(landing.milliseconds));
}
async function standInLine(landing) {
	if (!await mayFold(landing)) return void 0;
	if (landing.intent === void 0) await leaveOurs(landing);
	return landing.intent === void 0 ? void 0 : await waitForTurn(landing, landing.intent);
}
async function leaveOurs(landing) {
	const { repository, job, left, unanswered } = landing;
	const id = unanswered ?? newIntentId(repository.settings.clock.now());
	if (unanswered === void 0) left.push(id);
	landing.unanswered = id;
	const answer = await leaveIntent(repository, job, id);
	if (answer.answer === "unknown") return;
	landing.unanswered = void 0;
	if (answer.answer === "left") landing.intent = answer.own;
	else landing.folds = false;
}
async function leaveNothing(landing, view, leads) {
	const { repository, job, intent, attempts, milliseconds, planned } = landing;
	const now = repository.settings.clock.now();
	const { waiting, expired } = await readLine(landing, othersIn(view, landing));
	const idle = waiting.length === 0 ? [] : (await planStack(repository, view.base, job.commits, waiting, false)).idle;
	const isDone = (each) => leads || ageOf(each, now) > patienceWith(milliseconds) || isDeepStrictEqual(each.commits, job.commits);
	await withdrawIntents(repository, [
		...intent === void 0 ? [] : [intent],
		...idle.filter(isDone).map(({ at }) => at),
		...expired
	]);
	return landedResults(planned, [], view.base, { attempts });
}
async function withdrawLate(landing) {
	if (landing.unanswered === void 0) return;
	try {
		await withdrawOurs(landing);
	} catch (error) {
		landing.repository.settings.log.info(`an intent of ours may be left: ${messageOf$1(error)}`);
	}
}
async function withdrawOurs(landing) {
	await withdrawIntents(landing.repository, ownIn(await readView(landing), landing));
}
async function giveUp(landing) {
	if (landing.left.length === 0) return void 0;
	try {
		await withdrawOurs(landing);
		return await findLanded(landing, (await readView(landing)).base);
	} catch {
		return;
	}
}
// tools/git/src/landing/land-on-branch.ts
const longestWindow = 3e3;
const slowMilliseconds = 1e3;
const partThatPushes = .25;
async function landOnBranch(repository, job) {
	const landing = newLanding(repository, job);
	try {
		for (;;) {
			const results = await attemptOrWait(landing);
			if (results === void 0) continue;
			await withdrawLate(landing);
			return results;
		}
	} catch (error) {
		const results = await giveUp(landing);
		if (results !== void 0) return results;
		throw error;
	}
}
async function attemptOrWait(landing) {
	const { job } = landing;
	const { clock, signal, log } = landing.repository.settings;
	try {
		const results = await attempt(landing);
		if (results !== void 0) return results;
		if (clock.now() >= job.deadline) throw deadlineError(landing);
		if (!landing.standsInLine) await clock.sleep(pauseMilliseconds(landing), signal);
		return;
	} catch (error) {
		if (!(error instanceof RetryableError) || clock.now() >= job.deadline) throw error;
		const pause = Math.max((error.retryAfterSeconds ?? 0) * 1e3, pauseMilliseconds(landing));
		if (clock.now().getTime() + pause >= job.deadline.getTime()) throw error;
		log.info(`${error.message}; trying again in ${Math.round(pause)} ms`);
		await clock.sleep(pause, signal);
		landing.attempts += 1;
		return;
	}
}
async function attempt(landing) {
	const { repository, job } = landing;
	const isFirst = landing.from === void 0;
	const turn = landing.standsInLine ? await standInLine(landing) : void 0;
	const started = repository.settings.clock.now().getTime();
	const view = turn ?? await readView(landing);
	landing.from ??= view.base;
	const hasLostRace = landing.open?.answer === "refused" && landing.open.view.tip !== view.tip;
	const earlier = await settleEarlier(landing, view);
	if (earlier !== void 0) return earlier;
	const joinsLine = turn === void 0 && landing.folds !== false && (hasLostRace || isLine(landing, view));
	landing.standsInLine = joinsLine;
	if (joinsLine && !isFirst) return void 0;
	await bringFiles(landing, view.base);
	const others = joinsLine ? [] : othersIn(view, landing);
	const { waiting, expired } = await readLine(landing, others.length > 0 && await mayFold(landing) ? others : []);
	const cameAlong = !isFirst && waiting.length === 0;
	const stack = await planStack(repository, view.base, job.commits, waiting, cameAlong);
	landing.planned = stack.mine;
	if (job.dryRun) return wouldLandResults(stack.mine, view.base, { attempts: landing.attempts });
	if (!stack.mine.some(hasChanges)) return await leaveNothing(landing, view, turn !== void 0 && landing.intent !== void 0);
	landing.milliseconds = repository.settings.clock.now().getTime() - started;
	landing.standsInLine ||= isFirst && landing.folds !== false && isProbablyLate(landing);
	if (landing.standsInLine) return void 0;
	const results = await landStack(landing, view, stack, expired);
	landing.milliseconds = repository.settings.clock.now().getTime() - started;
	return results;
}
function isProbablyLate({ milliseconds, repository: { settings } }) {
	return milliseconds > slowMilliseconds && settings.random() > partThatPushes;
}
async function landStack(landing, view, stack, expired) {
	const { apiCommits } = landing.repository.settings;
	landing.attempts += 1;
	const { pushed, commits } = apiCommits === void 0 ? await pushStack(landing, view, stack, expired) : await commitByApi(landing, apiCommits, view, stack);
	if (pushed.answer === "done") return landedResults(stack.mine, commits, view.base, circumstancesOf(landing, stack));
	landing.open = {
		view,
		stack,
		commits,
		answer: pushed.answer,
		said: pushed.said
	};
	landing.seen = pushed.answer === "not sent" && pushed.refs !== void 0 ? viewOf(pushed.refs, landing.job) : void 0;
	landing.standsInLine = pushed.answer === "not sent" && view.tip !== void 0 && landing.folds !== false;
}
async function pushStack({ repository, job, intent }, view, stack, expired) {
	const { ids, objects } = await writeCommits(repository, view.base, [...stack.mine.filter(hasChanges), ...stack.others]);
	const removals = [
		...intent === void 0 ? [] : [intent],
		...takenAwayBy(stack),
		...expired
	].map(({ ref, commit }) => ({
		ref,
		from: commit,
		to: void 0
	}));
	return {
		pushed: await pushRefs(repository, [{
			ref: `refs/heads/${job.branch}`,
			from: view.tip,
			to: ids.at(-1)
		}, ...removals], { objects }),
		commits: atTheirJobs(stack.mine, ids)
	};
}
function pauseMilliseconds({ repository, attempts, milliseconds, open }) {
	const { random } = repository.settings;
	if (open === void 0 || open.answer === "unknown") return Math.min(5e3, 200 * 2 ** Math.min(attempts, 6)) * (.5 + random() / 2);
	return random() * Math.min(longestWindow, milliseconds * 2 ** Math.min(attempts - 1, 3));
}
function deadlineError({ repository, job, attempts, open }) {
	const times = attempts === 1 ? "one attempt" : `${attempts} attempts`;
	const unanswered = open?.answer === "unknown" ? "; the last push was not answered and may have been done" : "";
	return new RetryableError(`could not land on ${job.branch} of ${repository.remote.url} within ${job.deadlineSeconds} s and ${times}${unanswered}`, { hint: "Others were pushing all the time or the server was away; run it again, it lands once." });
}
// tools/git/src/landing/land.ts
async function land(settings, request) {
	const [result] = await landAll(settings, request, [request]);
	return result;
}
async function landAll(settings, target, commits) {
	const remote = parseGitUrl(target.url, settings.allowFile);
	const job = landJob(settings, target, commits);
	await using repository = await openWorkRepository(settings, remote);
	return await landOnBranch(repository, job);
}
// tools/git/src/push-initial.ts
async function pushInitial(settings, remote, push) {
	const [first] = push.branches.map((branch) => checkRefName(branch, "branches"));
	if (first === void 0) throw new InputError("there is no branch to create", [{
		field: "branches",
		expected: "expected one"
	}]);
	const found = await listRefs(settings, remote, push.branches.map((branch) => `refs/heads/${branch}`));
	const existing = new Map(found.map(({ ref, commit }) => [ref.slice(11), commit]));
	const created = push.branches.filter((branch) => !existing.has(branch));
	const start = push.branches.flatMap((branch) => existing.get(branch) ?? [])[0];
	if (created.length === 0 || push.dryRun === true) return {
		changed: false,
		created,
		commit: start
	};
	await using repository = await openWorkRepository(settings, remote);
	const { ids: [commit = ""], objects } = await startingCommit(repository, push, start);
	for (const branch of created) await createBranch(repository, {
		commit,
		objects
	}, branch);
	return {
		changed: true,
		created,
		commit
	};
}
async function startingCommit(repository, push, start) {
	if (start === void 0) {
		const author = push.author ?? repository.settings.committer;
		return await writeCommits(repository, void 0, [{
			changes: push.files,
			message: push.message,
			author
		}]);
	}
	await fetchCommit(repository, start, {
		filter: "blob:none",
		depth: 1
	});
	return {
		ids: [start],
		objects: []
	};
}
async function createBranch(repository, { commit, objects }, branch) {
	const { settings, remote } = repository;
	const pushed = await pushRefs(repository, [{
		ref: `refs/heads/${branch}`,
		from: void 0,
		to: commit
	}], { objects });
	if (pushed.answer === "done") return;
	const [now] = await listRefs(settings, remote, [`refs/heads/${branch}`]);
	if (now?.commit === commit) return;
	if (now !== void 0) throw new RetryableError(`${remote.url}: somebody else created ${branch} at the same time`);
	throw remoteError(remote, await serverState(settings, remote, "git-receive-pack"), "push to", pushed.said);
}
// tools/git/src/read-files.ts
async function readFiles(settings, remote, ref, paths) {
	await using repository = await openWorkRepository(settings, remote);
	const wanted = isObjectId(ref) || ref.startsWith("refs/") ? ref : (await resolveRef(settings, remote, ref)).ref;
	const commit = wanted === void 0 ? void 0 : await fetchCommit(repository, wanted, {
		filter: "blob:none",
		depth: 1
	});
	if (commit === void 0) throw new InputError(`${remote.url} has no ${ref}`, [{
		field: "ref",
		expected: "expected a branch or tag"
	}]);
	return {
		commit,
		files: await filesAt(repository, commit, paths)
	};
}
// tools/git/src/read-work-tree.ts
async function readWorkTree(settings, folder) {
	const run = async (args) => {
		const result = await runGit(settings, args, { cwd: folder });
		return result.exitCode === 0 ? result.stdout : void 0;
	};
	const url = (await run([
		"config",
		"--local",
		"remote.origin.url"
	]))?.trim();
	const status = await run([
		"status",
		"--porcelain=v2",
		"-z",
		"--untracked-files=all",
		"--no-renames"
	]);
	if (url === void 0 || status === void 0) throw new InputError(`${folder} is not a checkout of a repository`, [{
		field: "folder",
		expected: "expected the folder of a checkout"
	}]);
	const branch = (await run([
		"symbolic-ref",
		"--quiet",
		"--short",
		"HEAD"
	]))?.trim();
	const changed = status.split("\0").flatMap(parseStatus);
	return {
		url,
		branch,
		edits: (await Promise.all(changed.map((file) => editFor(folder, file)))).toSorted((a, b) => pathOf(a) < pathOf(b) ? -1 : 1)
	};
}
function parseStatus(line) {
	if (line === "") return [];
	if (line.startsWith("? ")) return [{
		path: line.slice(2),
		expected: null,
		mode: "unknown"
	}];
	const [kind = "", , submodule = "", , , mode = "", head = "", , ...path] = line.split(" ");
	const name = path.join(" ");
	if (kind !== "1" || submodule.startsWith("S")) throw new StepError(`${name} is a submodule or in conflict, which cannot be pushed`);
	return [{
		path: name,
		expected: /^0+$/.test(head) ? null : head,
		mode
	}];
}
async function editFor(folder, { path, expected, mode }) {
	const edit = {
		kind: "write-file",
		version: 1,
		path,
		expected
	};
	const state = await lstat(join(folder, path)).catch(() => void 0);
	if (state === void 0) return {
		...edit,
		content: null
	};
	if (!state.isFile()) throw new StepError(`${path} is a symbolic link or a folder of its own repository, which cannot be pushed`);
	const executable = mode === "unknown" ? (state.mode & 64) !== 0 : mode === "100755";
	return {
		...edit,
		content: {
			base64: (await readFile(join(folder, path))).toString("base64"),
			executable
		}
	};
}
function pathOf(edit) {
	return edit.kind === "write-file" ? edit.path : "";
}
// tools/git/src/create-git.ts
function createGit(settings) {
	const at = (url) => parseGitUrl(url, settings.allowFile);
	return {
		resolveRef: async (url, ref) => resolveRef(settings, at(url), ref),
		listRefs: async (url, names) => listRefs(settings, at(url), names),
		defaultBranch: async (url) => defaultBranch(settings, at(url)),
		readCommit: async (url, refOrCommit) => readCommit(settings, at(url), refOrCommit),
		readFiles: async (url, ref, paths) => readFiles(settings, at(url), ref, paths),
		findFiles: async (url, branch, wanted) => findFiles(settings, at(url), branch, wanted),
		keptFiles: async (request) => keptFiles(settings, at(request.url), request),
		historyOfFiles: async (request) => filesHistory(settings, at(request.url), request),
		history: async (request) => fileHistory(settings, at(request.url), request),
		checkout: async (request) => checkout(settings, at(request.url), request),
		readWorkTree: async (folder) => readWorkTree(settings, folder),
		land: async (request) => land(settings, request),
		landAll: async (target, commits) => landAll(settings, target, commits),
		pushInitial: async (push) => pushInitial(settings, at(push.url), push)
	};
}
// tools/git/src/git-settings.ts
const intentWays = [
	"custom refs",
	"quiet branches",
	"branches",
	"none"
];
export { isObjectId as a, shellWord as c, sshOptions as d, parseGitUrl as i, sshAccessTo as l, createGit as n, isRefName as o, commitMessage as r, accessOverSsh as s, intentWays as t, sshAddress as u };
