import { It as StepError, Lt as messageOf, Pt as InputError, _ as formatReference, b as isTag, y as parseRepository } from "./chunk-base.mjs";
import { n as parsePlatform, t as missingPlatforms } from "./chunk-platforms-of.mjs";
import { o as pickPlatform } from "./chunk-manifest.mjs";
// tools/images/src/versions/created-at.ts
const annotation = "org.opencontainers.image.created";
const firstBelieved = Date.parse("1980-01-02T00:00:00Z");
async function readCreatedAt(registry, image, platform) {
	const manifest = await registry.getManifest(image);
	if (manifest === void 0) return void 0;
	const annotated = believed((manifest.kind === "index" ? manifest.index.annotations : manifest.image.annotations)?.[annotation]);
	if (annotated !== void 0) return annotated;
	const { registry: host, path } = image;
	if (manifest.kind === "image") return fromConfig(registry, {
		registry: host,
		path,
		digest: manifest.digest
	});
	const entry = entryOf(manifest.index, platform);
	return entry === void 0 ? void 0 : readCreatedAt(registry, {
		registry: host,
		path,
		digest: entry
	}, platform);
}
async function fromConfig(registry, image) {
	const config = await registry.readImageConfig(image);
	return believed(config?.config?.Labels?.[annotation]) ?? believed(config?.created);
}
function entryOf(index, platform) {
	if (platform !== void 0) return pickPlatform(index, platform)?.digest;
	return index.manifests.find((each) => each.platform?.os !== "unknown")?.digest;
}
function believed(text) {
	const time = Date.parse(text ?? "");
	return time >= firstBelieved ? time : void 0;
}
// tools/images/src/versions/rank-tags.ts
function rankTags(tags, order, filter = (tag) => tag) {
	const eligible = [];
	const reasons = new Map();
	for (const tag of tags) {
		const reading = readTag(tag, order, filter);
		if ("value" in reading) eligible.push({
			tag,
			value: reading.value,
			key: reading.key
		});
		else count(reasons, reading.why, isTag(tag) ? tag : void 0);
	}
	return {
		total: tags.length,
		eligible: eligible.length,
		leftOut: [...reasons.values()].sort((a, b) => a.why < b.why ? -1 : 1),
		relation: order.relation,
		bestFirst: () => bestFirst(eligible, order)
	};
}
function readTag(tag, order, filter) {
	if (!isTag(tag)) return { why: "no tag by the rules of OCI" };
	const value = filter(tag);
	if (value === void 0) return { why: "not matched by the pattern" };
	const reading = order.read(value, tag);
	return "why" in reading ? reading : {
		value,
		key: reading.key
	};
}
function count(reasons, why, tag) {
	const known = reasons.get(why);
	if (known === void 0) reasons.set(why, {
		why,
		count: 1,
		example: tag
	});
	else reasons.set(why, {
		why,
		count: known.count + 1,
		example: firstByName(known.example, tag)
	});
}
function firstByName(known, tag) {
	return known === void 0 || tag === void 0 || tag < known ? tag : known;
}
function* bestFirst(eligible, order) {
	const left = [...eligible];
	let better;
	while (left.length > 0) {
		const [found] = left.splice(indexOfBest(left, order), 1);
		if (found === void 0) return;
		const isEqualToBetter = better !== void 0 && order.compare(found.key, better.key) === 0;
		yield {
			tag: found.tag,
			value: order.show?.(found.key) ?? found.value,
			isEqualToBetter
		};
		better = found;
	}
}
function indexOfBest(tags, order) {
	let best = 0;
	let leader = tags[0];
	for (let at = 1; at < tags.length; at += 1) {
		const each = tags[at];
		if (each === void 0 || leader === void 0) continue;
		const compared = order.compare(each.key, leader.key);
		if (compared < 0 || compared === 0 && each.tag > leader.tag) continue;
		best = at;
		leader = each;
	}
	return best;
}
// tools/images/src/versions/decimal.ts
function parseDecimal(text) {
	const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
	if (match === null) return void 0;
	const [, sign, digits = "", decimals = ""] = match;
	const whole = digits.slice(leadingZeros(digits));
	const fraction = decimals.slice(0, decimals.length - leadingZeros([...decimals].reverse().join("")));
	return {
		sign: sign === "-" && !(whole === "" && fraction === "") ? -1 : 1,
		whole,
		fraction
	};
}
function compareDecimals(left, right) {
	if (left.sign !== right.sign) return left.sign - right.sign;
	const longer = left.whole.length - right.whole.length;
	if (longer !== 0) return longer * left.sign;
	if (left.whole !== right.whole) return (left.whole < right.whole ? -1 : 1) * left.sign;
	if (left.fraction === right.fraction) return 0;
	return (left.fraction < right.fraction ? -1 : 1) * left.sign;
}
function leadingZeros(digits) {
	return /^0*/.exec(digits)?.[0].length ?? 0;
}
// tools/images/src/versions/semantic-version.ts
const longestVersion = 256;
const mostUint64 = 18446744073709551615n;
const identifiers$1 = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
const strict = new RegExp(`^v?(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-(${identifiers$1}))?(?:\\+${identifiers$1})?$`);
const loose = new RegExp(`^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:-(${identifiers$1}))?(?:\\+${identifiers$1})?$`);
function parseVersion(text) {
	return text.length > longestVersion ? void 0 : versionOf(strict.exec(text));
}
function coerceVersion(text) {
	return text.length > longestVersion ? void 0 : versionOf(loose.exec(text));
}
function compareVersions(left, right) {
	return compareNumbers(left.major, right.major) || compareNumbers(left.minor, right.minor) || compareNumbers(left.patch, right.patch) || comparePrereleases(left.prerelease, right.prerelease);
}
function comparePrereleases(left, right) {
	if (left.length === 0 || right.length === 0) return Math.sign(right.length - left.length);
	const most = Math.max(left.length, right.length);
	for (let at = 0; at < most; at += 1) {
		const order = compareIdentifiers(left[at], right[at]);
		if (order !== 0) return order;
	}
	return 0;
}
function versionOf(match) {
	if (match === null) return void 0;
	const [, majorText = "0", minorText = "0", patchText = "0", prereleaseText] = match;
	const [major, minor, patch] = [
		uint64(majorText),
		uint64(minorText),
		uint64(patchText)
	];
	const prerelease = prereleaseText?.split(".") ?? [];
	if (major === void 0 || minor === void 0 || patch === void 0) return void 0;
	if (prerelease.some((each) => /^0\d+$/.test(each))) return void 0;
	return {
		major,
		minor,
		patch,
		prerelease
	};
}
function uint64(text) {
	if (text.length <= 15) return Number(text);
	const value = BigInt(text);
	if (value > mostUint64) return void 0;
	return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
function compareNumbers(left, right) {
	if (left === right) return 0;
	return left < right ? -1 : 1;
}
function compareIdentifiers(left, right) {
	if (left === right) return 0;
	if (left === void 0 || right === void 0) return left === void 0 ? -1 : 1;
	const [a, b] = [numberOf(left), numberOf(right)];
	if (a !== void 0 && b !== void 0) return compareNumbers(a, b);
	if (a !== void 0 || b !== void 0) return a === void 0 ? 1 : -1;
	return left < right ? -1 : 1;
}
function numberOf(identifier) {
	return /^\d+$/.test(identifier) ? uint64(identifier) : void 0;
}
// tools/images/src/versions/range-syntax.ts
const operators = {
	"": "=",
	"=": "=",
	"!=": "!=",
	">": ">",
	"<": "<",
	">=": ">=",
	"=>": ">=",
	"<=": "<=",
	"=<": "<=",
	"~": "~",
	"~>": "~",
	"^": "^"
};
const longestRange = 512;
const mostAlternatives = 32;
const blank = "[\\t\\n\\f\\r ]";
const part = "[0-9|xX*]+";
const identifiers = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
const written = `v?${part}(?:\\.${part})?(?:\\.${part})?(?:-${identifiers})?(?:\\+${identifiers})?`;
const writtenParts = new RegExp(`^v?(${part})(?:\\.(${part}))?(?:\\.(${part}))?((?:-${identifiers})?)(?:\\+${identifiers})?$`);
function readRange(text) {
	if (text.length > longestRange) return void 0;
	const segments = withoutHyphenRanges(text).split("||");
	if (segments.length > mostAlternatives) return void 0;
	const alternatives = segments.map(readSegment);
	return alternatives.every((each) => each !== void 0) ? alternatives : void 0;
}
function withoutHyphenRanges(text) {
	const hyphened = new RegExp(`${blank}*(${written})${blank}+-${blank}+(${written})${blank}*`, "g");
	let rewritten = text;
	for (const [whole, from, to] of text.matchAll(hyphened)) rewritten = rewritten.replace(whole, () => `>= ${from}, <= ${to} `);
	return rewritten;
}
function readSegment(segment) {
	const next = new RegExp(`${blank}*([=!<>~^]*)${blank}*(${written})(${blank}*)(,?)`, "y");
	const comparisons = [];
	for (;;) {
		const [, operator = "", version = "", blanks = "", comma = ""] = next.exec(segment) ?? [];
		const comparison = comparisonOf(operator, version);
		if (comparison === void 0) return void 0;
		comparisons.push(comparison);
		if (comma === "" && next.lastIndex === segment.length) return comparisons;
		if (comma === "" && blanks === "") return void 0;
	}
}
function comparisonOf(written, text) {
	const operator = Object.hasOwn(operators, written) ? operators[written] : void 0;
	const parts = writtenParts.exec(text);
	if (operator === void 0 || parts === null) return void 0;
	const [, major = "", minor, patch, prerelease = ""] = parts;
	if (isOpen(major)) return withVersion({
		operator,
		text,
		open: "all"
	}, `0.0.0${prerelease}`);
	if (isOpen(minor)) return withVersion({
		operator,
		text,
		open: "minor"
	}, `${major}.0.0${prerelease}`);
	if (isOpen(patch)) return withVersion({
		operator,
		text,
		open: "patch"
	}, `${major}.${minor}.0${prerelease}`);
	return withVersion({
		operator,
		text,
		open: "nothing"
	}, text);
}
function isOpen(part) {
	return part === void 0 || part === "x" || part === "X" || part === "*";
}
function withVersion(comparison, text) {
	const version = coerceVersion(text);
	return version === void 0 ? void 0 : {
		...comparison,
		version
	};
}
// tools/images/src/versions/version-range.ts
function parseRange(text) {
	const alternatives = readRange(text);
	if (alternatives === void 0) throw new InputError(`${JSON.stringify(text.slice(0, 120))} is no range of versions`, [{
		field: "range",
		expected: "expected a range such as ^1.2, >=1.2.3 <2.0.0, 1.x or 1.2 - 1.4 || ~2.1"
	}]);
	const takesPrereleases = alternatives.map((all) => all.some(({ version }) => version.prerelease.length > 0));
	const holdsIn = (version, mayBePrerelease) => alternatives.some((all, at) => mayBePrerelease(at) && all.every((each) => holds[each.operator](version, each)));
	return {
		text,
		includes: (version) => holdsIn(version, (at) => version.prerelease.length === 0 || takesPrereleases[at] === true),
		includesAsRelease: (version) => holdsIn(version, () => true)
	};
}
const holds = {
	"=": (version, comparison) => comparison.open === "nothing" ? compareVersions(version, comparison.version) === 0 : isTilde(version, comparison),
	"!=": isDifferent,
	">": isAbove,
	"<": (version, { version: limit }) => compareVersions(version, limit) < 0,
	">=": (version, { version: limit }) => compareVersions(version, limit) >= 0,
	"<=": isAtMost,
	"~": isTilde,
	"^": isCaret
};
function isDifferent(version, { version: other, open }) {
	if (open === "nothing") return compareVersions(version, other) !== 0;
	if (version.major !== other.major) return true;
	if (open === "minor") return false;
	if (version.minor !== other.minor) return true;
	if (open === "all") return compareVersions(version, other) !== 0;
	return comparePrereleases(version.prerelease, other.prerelease) !== 0;
}
function isAbove(version, { version: limit, open }) {
	if (open === "nothing" || open === "all" || version.major !== limit.major) return compareVersions(version, limit) > 0;
	return open === "patch" && version.minor > limit.minor;
}
function isAtMost(version, { version: limit, open }) {
	if (open === "nothing") return compareVersions(version, limit) <= 0;
	if (version.major !== limit.major) return version.major < limit.major;
	return open === "minor" || version.minor <= limit.minor;
}
function isTilde(version, { version: least, open }) {
	if (compareVersions(version, least) < 0) return false;
	if (least.major === 0 && least.minor === 0 && least.patch === 0 && (open === "nothing" || open === "all")) return true;
	return version.major === least.major && (open === "minor" || version.minor === least.minor);
}
function isCaret(version, { version: least, open }) {
	if (compareVersions(version, least) < 0 || version.major !== least.major) return false;
	if (least.major > 0 || open === "minor") return true;
	if (version.minor !== least.minor) return false;
	return least.minor > 0 || open === "patch" || version.patch === least.patch;
}
// tools/images/src/versions/tag-order.ts
function bySemver(range, coerce = false) {
	const wanted = parseRange(range);
	const outside = `outside ${range}`;
	const prerelease = `a prerelease, and ${range} names none`;
	const read = coerce ? coerceVersion : parseVersion;
	return {
		relation: "is a higher version than",
		compare: compareVersions,
		read: (value) => {
			const version = read(value);
			if (version === void 0) return { why: "no semantic version" };
			if (wanted.includes(version)) return { key: version };
			return { why: wanted.includesAsRelease(version) ? prerelease : outside };
		}
	};
}
function byAlphabet(direction) {
	return {
		relation: direction === "ascending" ? "comes after" : "comes before",
		read: (value) => ({ key: value }),
		compare: directed(direction, (left, right) => left === right ? 0 : left < right ? -1 : 1)
	};
}
function byNumber(direction) {
	return {
		relation: direction === "ascending" ? "is greater than" : "is less than",
		read: (value) => {
			const key = parseDecimal(value);
			return key === void 0 ? { why: "no number" } : { key };
		},
		compare: directed(direction, compareDecimals)
	};
}
function byTime(createdAt) {
	return {
		relation: "was built after",
		show: (key) => new Date(key).toISOString(),
		read: (_, tag) => {
			const key = createdAt.get(tag);
			return key === void 0 ? { why: "without a time at which it was built" } : { key };
		},
		compare: (left, right) => left - right
	};
}
function directed(direction, compare) {
	return direction === "ascending" ? compare : (left, right) => compare(right, left);
}
// tools/images/src/versions/tag-policy.ts
function describePolicy(policy) {
	switch (policy.kind) {
		case "semver": return `the highest version of ${policy.range}`;
		case "alphabetical": return policy.direction === "ascending" ? "the last by the alphabet" : "the first by the alphabet";
		case "numerical": return policy.direction === "ascending" ? "the greatest number" : "the least number";
		case "newest": return "the newest build";
		case "digest": return `what ${policy.tag} stands for`;
	}
}
function rankByPolicy(tags, policy, filter) {
	if (policy.kind === "semver") return rankTags(tags, bySemver(policy.range, policy.coerce), filter);
	if (policy.kind === "numerical") return rankTags(tags, byNumber(policy.direction), filter);
	return rankTags(tags, byAlphabet(policy.direction), filter);
}
// tools/images/src/versions/explain-choice.ts
const mostNamed = 5;
function explainChoice({ policy, ranked, passedOver, winner, runnerUp }) {
	if (policy.kind === "digest") return [digestText(policy.tag, passedOver)];
	const named = passedOver.slice(0, mostNamed);
	const leftOut = ranked.leftOut.map(leftOutText);
	if (winner === void 0) return [
		noneText(policy, ranked, passedOver),
		...named.map(({ tag, why }) => `${tag} ${why}`),
		...leftOut
	];
	return [
		winnerText(winner, policy, ranked),
		...named.map(({ tag, why }) => `${tag} comes before it, but ${why}`),
		...passedOver.length > mostNamed ? [`${passedOver.length - mostNamed} more before it cannot be taken either`] : [],
		...nextText(winner, runnerUp, ranked.relation),
		...leftOut
	];
}
function digestText(tag, [first]) {
	return first === void 0 ? `the digest is the one that ${tag} stands for` : `${tag} ${first.why}`;
}
function winnerText(winner, policy, { total, eligible }) {
	const among = total > 1 ? `, of ${eligible} that may be chosen among ${total}` : "";
	return `${shown(winner)} is ${describePolicy(policy)}${among}`;
}
function noneText(policy, { total }, passedOver) {
	if (total === 0) return "there are no tags";
	const unusable = passedOver.length > mostNamed ? `; the ${passedOver.length} best cannot be taken` : "";
	return `nothing is ${describePolicy(policy)} among ${total} ${total === 1 ? "tag" : "tags"}${unusable}`;
}
function nextText(winner, runnerUp, relation) {
	if (runnerUp === void 0) return [];
	const pair = `${shown(winner)} ${runnerUp.isEqualToBetter ? "equals" : relation} ${shown(runnerUp)}`;
	return [runnerUp.isEqualToBetter ? `${pair}, and is the first by name` : `${pair}, which is next`];
}
function leftOutText({ why, count, example }) {
	return `${count} left out: ${why}${example === void 0 ? "" : count === 1 ? ` (${example})` : ` (${example} for one)`}`;
}
function shown({ tag, value }) {
	return value === tag ? tag : `${tag} (${value})`;
}
// tools/images/src/versions/tag-filter.ts
const longestPattern = 1e3;
async function createTagFilter({ pattern, extract }) {
	const { RE2JS } = await import("./chunk-images-versions-linear-engine.mjs");
	const expression = compiled(pattern, (text) => RE2JS.compile(text));
	if (extract === void 0 || extract === "") return (tag) => expression.test(tag) ? tag : void 0;
	const pieces = piecesOf(extract, expression.namedGroups(), expression.groupCount());
	return (tag) => {
		const match = expression.matcher(tag);
		if (!match.find()) return void 0;
		return pieces.map((piece) => typeof piece === "string" ? piece : match.group(piece.group) ?? "").join("");
	};
}
function compiled(pattern, compile) {
	const expected = "expected a regular expression in the syntax of RE2, such as ^main-[a-f0-9]+-(?P<ts>[0-9]+)$";
	const shown = JSON.stringify(pattern.slice(0, 120));
	if (pattern.length > longestPattern) throw new InputError(`The pattern ${shown}… is longer than ${longestPattern} characters`, [{
		field: "pattern",
		expected
	}]);
	try {
		return compile(pattern);
	} catch (cause) {
		const why = messageOf(cause);
		throw new InputError(`The pattern ${shown} cannot be used: ${why}`, [{
			field: "pattern",
			expected
		}], { cause });
	}
}
function piecesOf(template, named, groups) {
	const reference = /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;
	const pieces = [];
	let end = 0;
	for (const match of template.matchAll(reference)) {
		const [whole, braced, bare] = match;
		pieces.push(template.slice(end, match.index));
		pieces.push(whole === "$$" ? "$" : groupNamed(braced ?? bare ?? "", named, groups));
		end = match.index + whole.length;
	}
	return [...pieces, template.slice(end)];
}
function groupNamed(name, named, groups) {
	const group = /^(?:0|[1-9]\d{0,7})$/.test(name) ? Number(name) : Object.hasOwn(named, name) ? named[name] : void 0;
	return group === void 0 || group > groups ? "" : { group };
}
// tools/images/src/versions/select-tag.ts
const mostAtOnce = 4;
async function selectTag(registry, request) {
	const { policy, repository } = request;
	const limit = request.mostLookedInto ?? 100;
	if (policy.kind === "digest") return choose(registry, request, onlyTag(policy.tag), limit);
	const filter = request.filter === void 0 ? void 0 : await createTagFilter(request.filter);
	if (policy.kind === "semver") rankByPolicy([], policy);
	const tags = await registry.listTags(repository) ?? [];
	return choose(registry, request, policy.kind === "newest" ? await rankByAge(registry, request, tags, filter, limit) : rankByPolicy(tags, policy, filter), limit);
}
function onlyTag(tag) {
	return rankTags([tag], byAlphabet("ascending"));
}
async function rankByAge(registry, { repository, platforms }, tags, filter, limit) {
	const matching = [...rankTags(tags, byAlphabet("ascending"), filter).bestFirst()].map(({ tag }) => tag);
	if (matching.length > limit) throw new InputError(`${matching.length} images would have to be looked into, and ${limit} may be`, [{
		field: "pattern",
		expected: "expected one that fewer tags match; a time in the tag needs no looking into"
	}]);
	const createdAt = new Map();
	await eachOf(matching, mostAtOnce, async (tag) => {
		const time = await readCreatedAt(registry, {
			...repository,
			tag
		}, platforms?.[0]);
		if (time !== void 0) createdAt.set(tag, time);
	});
	return rankTags(tags, byTime(createdAt), filter);
}
async function choose(registry, request, ranked, limit) {
	const passedOver = [];
	const { policy } = request;
	const inOrder = ranked.bestFirst();
	for (let next = inOrder.next(); !next.done && passedOver.length < limit; next = inOrder.next()) {
		const { tag } = next.value;
		const looked = await lookInto(registry, request, tag);
		if ("why" in looked) {
			passedOver.push({
				tag,
				why: looked.why
			});
			continue;
		}
		const runnerUp = inOrder.next().value ?? void 0;
		const explanation = explainChoice({
			policy,
			ranked,
			passedOver,
			winner: next.value,
			runnerUp
		});
		return {
			tag,
			digest: looked.digest,
			...runnerUp === void 0 ? {} : { runnerUp: runnerUp.tag },
			explanation
		};
	}
	return { explanation: explainChoice({
		policy,
		ranked,
		passedOver
	}) };
}
async function lookInto(registry, { repository, platforms = [] }, tag) {
	const image = {
		...repository,
		tag
	};
	if (platforms.length === 0) return await registry.resolve(image) ?? { why: "is not there" };
	const manifest = await registry.getManifest(image);
	if (manifest === void 0) return { why: "is not there" };
	const missing = await missingPlatforms(registry, image, manifest, platforms);
	return missing.length === 0 ? { digest: manifest.digest } : { why: `has no image for ${missing.join(", ")}` };
}
async function eachOf(items, atOnce, work) {
	const left = items.values();
	const worker = async () => {
		for (const item of left) await work(item);
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
// tools/steps/src/select-tag/run.ts
async function run(inputs, ctx) {
	const repository = parseRepository(inputs.image);
	const selection = await selectTag(ctx.registry, {
		repository,
		policy: policyOf(inputs),
		filter: filterOf(inputs),
		platforms: inputs.platforms.map(parsePlatform),
		mostLookedInto: inputs.mostLookedInto
	});
	const { tag, digest, runnerUp, explanation } = selection;
	const [summary = "", ...reasons] = explanation;
	if (tag === void 0 && inputs.failOnNone) throw noneFound(inputs.image, selection);
	for (const sentence of reasons) ctx.log.info(sentence);
	return {
		changed: false,
		outputs: {
			...tag === void 0 || digest === void 0 ? { found: false } : {
				found: true,
				imageTag: tag,
				digest,
				reference: formatReference({
					...repository,
					tag,
					digest
				})
			},
			image: inputs.image,
			...runnerUp === void 0 ? {} : { runnerUp },
			explanation
		},
		summary: `${inputs.image}: ${summary}`
	};
}
function policyOf({ policy, range, coerce, order: direction, imageTag }) {
	if (policy === "newest") return { kind: policy };
	if (policy === "numerical" || policy === "alphabetical") return {
		kind: policy,
		direction
	};
	if (policy === "digest") return {
		kind: policy,
		tag: given(imageTag, "imageTag", policy)
	};
	return {
		kind: policy,
		range: given(range, "range", policy),
		coerce
	};
}
function given(value, field, policy) {
	if (value !== void 0) return value;
	throw new InputError(`The policy ${policy} cannot choose without it`, [{
		field,
		expected: `required where the policy is ${policy}`
	}]);
}
function filterOf({ pattern, extract }) {
	if (pattern !== void 0) return {
		pattern,
		...extract === void 0 ? {} : { extract }
	};
	if (extract === void 0) return void 0;
	throw new InputError("Nothing can be extracted without a pattern", [{
		field: "pattern",
		expected: "required beside extract"
	}]);
}
function noneFound(image, { explanation: [first, ...reasons] }) {
	const hint = reasons.length === 0 ? "See that the image was pushed, and its name." : `${reasons.join("; ")}.`;
	return new StepError(`${image} has no tag to choose: ${first}`, { hint });
}
export { run };
