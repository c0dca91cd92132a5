import { A as textFile, r as unifiedDiff } from "./chunk-edits.mjs";
import { r as stringify } from "./chunk-yaml.mjs";
// tools/kube/src/ensure/quantity.ts
const factors = {
	n: 1e-9,
	u: 1e-6,
	m: .001,
	"": 1,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 0xe8d4a51000,
	P: 0x38d7ea4c68000,
	E: 0xde0b6b3a7640000,
	Ki: 1024,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
	Pi: 2 ** 50,
	Ei: 2 ** 60
};
const shape = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;
function isSameQuantity(left, right) {
	const [one, other] = [amountOf(left), amountOf(right)];
	if (one === void 0 || other === void 0) return false;
	return Math.abs(one - other) <= Math.abs(one) * Number.EPSILON * 4;
}
function amountOf(text) {
	const [, digits, suffix = "", exponent] = shape.exec(text) ?? [];
	if (digits === void 0) return void 0;
	return exponent === void 0 ? Number(digits) * (factors[suffix] ?? 1) : Number(`${digits}e${exponent}`);
}
// tools/kube/src/ensure/same-value.ts
function isMap(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
const quantityKinds = ["LimitRange", "ResourceQuota"];
function comparisonFor(kind) {
	const isSameText = quantityKinds.includes(kind) ? isSameQuantity : () => false;
	const same = (left, right) => {
		if (isNothing(left) && isNothing(right)) return true;
		if (typeof left === "string" && typeof right === "string") return left === right || isSameText(left, right);
		if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((each, index) => same(each, right[index]));
		if (!isMap(left) || !isMap(right)) return left === right;
		return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => same(left[key], right[key]));
	};
	return same;
}
function isNothing(value) {
	if (value === void 0 || value === null || value === "") return true;
	if (Array.isArray(value)) return value.length === 0;
	return isMap(value) && Object.keys(value).length === 0;
}
// tools/kube/src/ensure/show-difference.ts
function showDifference({ kind, name, namespace }, before, after) {
	const path = [
		namespace ?? [],
		kind,
		`${name}.yaml`
	].flat().join("/");
	const [old, now] = kind === "Secret" ? [hidden(before, void 0), hidden(after, before)] : [before, after];
	const files = new Map(old === void 0 ? [] : [[path, textFile(yamlOf(old))]]);
	return unifiedDiff(files, new Map([[path, now === void 0 ? void 0 : textFile(yamlOf(now))]]));
}
function yamlOf(fields) {
	return stringify(fields, {
		lineWidth: 0,
		aliasDuplicateObjects: false
	});
}
function hidden(fields, before) {
	if (fields === void 0 || !isMap(fields["data"])) return fields;
	const earlier = before !== void 0 && isMap(before["data"]) ? before["data"] : {};
	const data = Object.entries(fields["data"]).map(([key, value]) => {
		return [key, key in earlier && earlier[key] !== value ? "*** (another value)" : "***"];
	});
	return {
		...fields,
		data: Object.fromEntries(data)
	};
}
export { comparisonFor as n, isMap as r, showDifference as t };
