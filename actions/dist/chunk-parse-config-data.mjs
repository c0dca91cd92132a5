import { Et as union, Lt as messageOf, Pt as InputError, St as record, X as readdir, Y as readFile, bt as number, et as stat, ht as boolean, vt as literal, wt as string, xt as object } from "./chunk-base.mjs";
import { r as stringify, t as parse } from "./chunk-yaml.mjs";
import { join } from "node:path";
// tools/conventions/src/config-map.ts
const Data = record(string(), union([
	string(),
	number(),
	boolean()
]).transform(String));
const ConfigMap = object({
	kind: literal("ConfigMap"),
	data: Data
});
async function readConfigMap(path) {
	const found = await stat(path).catch(() => void 0);
	if (found === void 0) throw new InputError(`There is no configuration at ${path}`);
	return found.isDirectory() ? readMounted(path) : parseConfigMap(await readFile(path, "utf8"), path);
}
function parseConfigMap(text, path) {
	const content = parsed(text, path);
	const manifest = ConfigMap.safeParse(content);
	if (manifest.success) return manifest.data.data;
	const plain = Data.safeParse(content ?? {});
	if (plain.success) return plain.data;
	throw new InputError(`${path} is neither a ConfigMap nor a map of texts`);
}
function serialiseConfigMap(data) {
	return stringify(data, { lineWidth: 0 });
}
async function readMounted(folder) {
	const keys = (await readdir(folder)).filter((name) => !name.startsWith("."));
	const values = await Promise.all(keys.map((key) => readFile(join(folder, key), "utf8")));
	return Object.fromEntries(keys.map((key, index) => [key, values[index] ?? ""]));
}
function parsed(text, path) {
	try {
		return parse(text);
	} catch (error) {
		throw new InputError(`${path} is no YAML: ${messageOf(error)}`, [], { cause: error });
	}
}
// tools/conventions/src/parse-config-data.ts
function parseConfigData(schema, name, data) {
	const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value.trim() !== ""));
	const parsed = schema.safeParse(given);
	if (parsed.success) return parsed.data;
	throw new InputError(`${name} cannot be used`, parsed.error.issues.flatMap(badKeys));
}
function badKeys(issue) {
	if (issue.code === "unrecognized_keys") return issue.keys.map((field) => ({
		field,
		expected: "no such key"
	}));
	return [{
		field: issue.path.map(String).join("."),
		expected: issue.message
	}];
}
export { serialiseConfigMap as i, parseConfigMap as n, readConfigMap as r, parseConfigData as t };
