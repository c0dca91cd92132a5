import { Et as union, Ft as RetryableError, It as StepError, St as record, _t as lazy, vt as literal, wt as string } from "./chunk-base.mjs";
import { n as nameOf } from "./chunk-kube-object.mjs";
import { n as comparisonFor, r as isMap, t as showDifference } from "./chunk-show-difference.mjs";
// tools/kube/src/ensure/mark.ts
const madeByLabel = "luban-ci.io/made-by";
const ownerAnnotation = "luban-ci.io/owner";
function markOf({ metadata }) {
	const [step, owner] = [metadata.labels?.[madeByLabel], metadata.annotations?.[ownerAnnotation]];
	return step === void 0 || owner === void 0 ? void 0 : {
		step,
		owner
	};
}
function isMarked(object, mark) {
	const found = markOf(object);
	return found?.step === mark.step && found.owner === mark.owner;
}
function refuseForeign(live, mark) {
	const found = markOf(live);
	if (found === void 0 || isMarked(live, mark)) return;
	const { name = "", namespace } = live.metadata;
	const title = nameOf({
		kind: live.kind,
		name,
		...namespace === void 0 ? {} : { namespace }
	});
	throw new StepError(`${title} was made by ${found.step} for ${found.owner}, not by ${mark.step} for ${mark.owner}`, { hint: "Choose another name, or change the name patterns of luban-config so that the two differ." });
}
// tools/kube/src/ensure/merge-fields.ts
function differingFields(live, wanted, same, above = []) {
	return Object.entries(wanted).flatMap(([key, value]) => {
		const [path, found] = [[...above, key], live[key]];
		if (isFilled(value) && (found === void 0 || isMap(found))) return differingFields(found ?? {}, value, same, path);
		return same(found, value) ? [] : [path];
	});
}
function mergedFields(live, wanted, gone) {
	return withoutPaths(joined(live, wanted), gone);
}
function joined(live, wanted) {
	const changed = Object.entries(wanted).filter(([, value]) => value !== void 0).map(([key, value]) => {
		const found = live[key];
		return [key, isFilled(value) ? joined(isMap(found) ? found : {}, value) : value];
	});
	return {
		...live,
		...Object.fromEntries(changed)
	};
}
function isFilled(value) {
	return isMap(value) && Object.keys(value).length > 0;
}
function hasPath(object, [first = "", ...rest]) {
	const below = object[first];
	if (rest.length === 0) return below !== void 0;
	return isMap(below) && hasPath(below, rest);
}
function withoutPaths(object, paths) {
	return paths.reduce((rest, path) => withoutPath(rest, path), { ...object });
}
function withoutPath(object, [first = "", ...rest]) {
	const { [first]: below, ...others } = object;
	if (rest.length === 0 || !isMap(below)) return others;
	const left = withoutPath(below, rest);
	return Object.keys(left).length === 0 ? others : {
		...others,
		[first]: left
	};
}
// tools/kube/src/ensure/owned-fields.ts
const fieldsAnnotation = "luban-ci.io/fields";
const Owned = lazy(() => record(string(), union([literal(1), Owned])));
function fieldsOf(wanted) {
	const { apiVersion: _, kind: __, metadata, ...rest } = wanted;
	const { name: ___, namespace: ____, ...described } = isMap(metadata) ? metadata : {};
	return treeOf(Object.keys(described).length === 0 ? rest : {
		...rest,
		metadata: described
	});
}
function treeOf(value) {
	const entries = Object.entries(value).filter(([, each]) => each !== void 0);
	return Object.fromEntries(entries.map(([key, each]) => [key, isMap(each) && Object.keys(each).length > 0 ? treeOf(each) : 1]));
}
function recordOf(fields) {
	return JSON.stringify(fields, (_, value) => isMap(value) ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => one < other ? -1 : 1)) : value);
}
function recordedFields(text) {
	try {
		return Owned.parse(JSON.parse(text ?? "{}"));
	} catch {
		return {};
	}
}
function goneFields(earlier, now, above = []) {
	return Object.entries(earlier).flatMap(([key, before]) => {
		const [path, after] = [[...above, key], now[key]];
		if (before !== 1) return after === 1 ? [] : goneFields(before, after ?? {}, path);
		return after === void 0 ? [path] : [];
	});
}
function pickFields(object, fields) {
	return Object.fromEntries(Object.entries(fields).flatMap(([key, below]) => {
		const value = object[key];
		if (value === void 0) return [];
		return [[key, below !== 1 && isMap(value) ? pickFields(value, below) : value]];
	}));
}
function joinFields(left, right) {
	const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
	return Object.fromEntries([...keys].map((key) => {
		const [one, other] = [left[key], right[key]];
		if (one === void 0 || one === 1) return [key, other ?? 1];
		return [key, other === void 0 || other === 1 ? one : joinFields(one, other)];
	}));
}
// tools/kube/src/ensure/ensure-object.ts
const mostLooks = 6;
async function ensureObject(kube, wanted, options) {
	const name = objectName(wanted);
	let first;
	let written;
	for (let look = 0; look < mostLooks; look += 1) {
		const live = await kube.read(name);
		const plan = planFor(live, wanted, options);
		first ??= plan;
		if (plan.target === void 0 || options.dryRun) return {
			...told(first),
			name: nameOf(name)
		};
		if (live?.metadata.deletionTimestamp !== void 0) throw going(name);
		if (written !== void 0 && live?.metadata.resourceVersion === written) throw notKept(name, plan);
		const done = await write(kube, live, plan.target);
		written = done?.metadata.resourceVersion;
		first = done === void 0 ? void 0 : first;
	}
	throw new RetryableError(`${nameOf(name)} is changed by somebody else all the time`);
}
function planFor(live, wanted, options) {
	if (live === void 0) {
		const target = described(wanted, fieldsOf(wanted), options.mark, true);
		return {
			before: void 0,
			target,
			differing: [],
			diff: showDifference(shownName(wanted), void 0, pickFields(target, shownFields(fieldsOf(target))))
		};
	}
	refuseForeign(live, options.mark);
	const kept = keepingInitial(wanted, live, options.initial ?? []);
	const owned = fieldsOf(kept);
	const recorded = recordedFields(live.metadata.annotations?.[fieldsAnnotation]);
	const gone = goneFields(recorded, owned).filter((path) => hasPath(live, path));
	const isOurs = isMarked(live, options.mark);
	const full = described(kept, owned, options.mark, isOurs);
	const differing = differingFields(live, isOurs ? full : kept, comparisonFor(live.kind));
	if (differing.length === 0 && gone.length === 0) return {
		before: live,
		target: void 0,
		differing: [],
		diff: ""
	};
	const merged = mergedFields(live, full, gone);
	const target = {
		...live,
		...merged,
		metadata: {
			...live.metadata,
			...Object(merged["metadata"])
		}
	};
	const shown = shownFields(joinFields(owned, recorded));
	const diff = showDifference(shownName(wanted), pickFields(live, shown), pickFields(target, shown));
	return {
		before: live,
		target,
		differing: [...differing, ...gone].map((path) => path.join(".")),
		diff
	};
}
function told({ before, target, diff }) {
	if (target === void 0) return {
		outcome: "unchanged",
		diff: ""
	};
	return {
		outcome: before === void 0 ? "created" : "updated",
		diff
	};
}
function described(wanted, owned, { step, owner }, isOurs) {
	const { labels, annotations, ...metadata } = wanted.metadata;
	return {
		...wanted,
		metadata: {
			...metadata,
			labels: {
				...labels,
				...isOurs ? { [madeByLabel]: step } : {}
			},
			annotations: {
				...annotations,
				...isOurs ? { [ownerAnnotation]: owner } : {},
				[fieldsAnnotation]: recordOf(owned)
			}
		}
	};
}
function keepingInitial(wanted, live, initial) {
	const kept = initial.flatMap((field) => {
		const [ours, theirs] = [wanted[field], live[field]];
		if (!isMap(ours) || !isMap(theirs)) return [];
		const values = Object.keys(ours).map((key) => [key, theirs[key] ?? ours[key]]);
		return [[field, Object.fromEntries(values)]];
	});
	return {
		...wanted,
		...Object.fromEntries(kept)
	};
}
function write(kube, live, target) {
	return live === void 0 ? kube.create(target) : kube.replace(target);
}
function shownFields(fields) {
	const { metadata, ...rest } = fields;
	if (metadata === void 0 || metadata === 1) return fields;
	const { annotations, ...described } = metadata;
	if (annotations === void 0 || annotations === 1) return fields;
	const { [fieldsAnnotation]: _, ...shown } = annotations;
	const left = Object.keys(shown).length === 0 ? described : {
		...described,
		annotations: shown
	};
	return Object.keys(left).length === 0 ? rest : {
		...rest,
		metadata: left
	};
}
function going(name) {
	return new RetryableError(`${nameOf(name)} is being removed; it can be made again when it is gone`);
}
function notKept(name, { differing }) {
	return new StepError(`${nameOf(name)} was written, but the cluster does not keep ${differing.join(", ")}`, { hint: "Something in the cluster rewrites it: an admission webhook, or a kind that knows no such field." });
}
function objectName({ apiVersion, kind, metadata: { name, namespace } }) {
	return {
		apiVersion,
		kind,
		name,
		...namespace === void 0 ? {} : { namespace }
	};
}
function shownName({ kind, metadata: { name, namespace } }) {
	return {
		kind,
		name,
		namespace
	};
}
export { isMarked as a, recordedFields as i, fieldsAnnotation as n, madeByLabel as o, pickFields as r, markOf as s, ensureObject as t };
