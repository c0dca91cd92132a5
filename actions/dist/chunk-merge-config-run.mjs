import { Ct as strictObject, It as StepError, K as lstat, Lt as messageOf, Pt as InputError, Q as rename, Y as readFile, lt as number, o as insideWorkspace, tt as writeFile, wt as string } from "./chunk-base.mjs";
import { t as DagsterConfig } from "./chunk-dagster-config.mjs";
import { n as parseLubanConfig, t as LubanConfig } from "./chunk-luban-config.mjs";
import { i as serialiseConfigMap, n as parseConfigMap, r as readConfigMap } from "./chunk-parse-config-data.mjs";
import { A as textFile, r as unifiedDiff } from "./chunk-edits.mjs";
import { dirname, join, relative, resolve } from "node:path";
// tools/conventions/src/python-config.ts
const port = number().int().min(1).max(65535);
let built;
function PythonConfig() {
	built ??= build();
	return built;
}
function build() {
	return strictObject({
		container_port: port.optional().describe("Port that an application listens on: default_container_port there."),
		service_port: port.optional().describe("Port of its Service: default_service_port there."),
		default_image_name: string().optional().describe("Placeholder image of a new application."),
		default_image_tag: string().optional().describe("Tag of the placeholder image."),
		template_type: string().regex(/^[a-z0-9-]+$/, "expected the kind of a template, for example python").optional().describe("Kind of template that a repository begins with.")
	});
}
// tools/conventions/src/merge-config.ts
function mergeConfig(layers, variables = []) {
	const merged = new Map();
	for (const { source, data } of layers) for (const [key, value] of Object.entries(data)) if (isGiven(value)) merged.set(key, {
		value,
		source
	});
	const bad = [...merged].flatMap(([key, { value, source }]) => badKey(key, value, source, variables));
	if (bad.length > 0) throw new InputError("The configuration cannot be merged", bad);
	return new Map([...merged].toSorted(([one], [other]) => one < other ? -1 : 1));
}
function isGiven(value) {
	return value.trim() !== "" && value.trim() !== "None" && !/\{\{.*\}\}/s.test(value);
}
function badKey(key, value, source, variables) {
	const schemas = Object.values(shapes()).flatMap((shape) => Object.hasOwn(shape, key) ? [shape[key]] : []);
	if (schemas.length === 0 && !variables.includes(key)) return [{
		field: key,
		expected: `no such key, in ${source}`
	}];
	return schemas.flatMap((schema) => {
		const issue = schema?.safeParse(value).error?.issues[0];
		return issue === void 0 ? [] : [{
			field: key,
			expected: `${issue.message}, in ${source}`
		}];
	});
}
function shapes() {
	return {
		"luban-config": LubanConfig.shape,
		"luban-dagster-config": DagsterConfig().shape,
		"luban-python-config": PythonConfig().shape
	};
}
// tools/steps/src/merge-config/without-login.ts
function withoutLogin(text) {
	return text.replaceAll(/(\/\/)[^/\s]*@/g, "$1***@");
}
// tools/steps/src/merge-config/run.ts
async function run(inputs, ctx) {
	const place = insideWorkspace(ctx.workspace, inputs.outputFile, "outputFile");
	const configFile = relative(ctx.workspace, place);
	const variables = inputs.template === void 0 ? [] : await ctx.templates.variables(inputs.template);
	const merged = mergeConfig(await layersOf(inputs, ctx), variables);
	const before = await readOwnFile(place, configFile);
	const text = serialiseConfigMap(valuesOf(merged));
	const isSame = before === text;
	if (!isSame && !ctx.dryRun) await writePrivately(place, text);
	const verb = isSame ? "are in" : ctx.dryRun ? "would be written to" : "are written to";
	const keys = [...merged].map(([key, { source }]) => `${key} from ${source}`);
	return {
		changed: !isSame && !ctx.dryRun,
		outputs: {
			configFile,
			keys
		},
		summary: `${merged.size} values ${verb} ${configFile}`,
		diff: isSame ? "" : shownDifference(configFile, before, merged)
	};
}
async function layersOf({ appConfigPath, set }, { conventions, workspace }) {
	const app = appConfigPath === void 0 ? {} : await readConfigMap(resolve(workspace, appConfigPath));
	return [
		{
			source: "luban-config",
			data: withOwnRegistry(conventions)
		},
		{
			source: "app-config",
			data: app
		},
		{
			source: "set",
			data: set
		}
	];
}
function withOwnRegistry({ config, source }) {
	return parseLubanConfig(source.config).registry_server !== config.registry_server ? {
		...source.config,
		registry_server: config.registry_server
	} : source.config;
}
function shownDifference(path, before, merged) {
	const after = valuesOf(merged);
	const was = before === void 0 ? void 0 : valuesIn(before, path);
	const shown = (values) => {
		const entries = Object.entries(values).map(([key, value]) => [key, merged.has(key) ? withoutLogin(value) : "***"]);
		return textFile(serialiseConfigMap(Object.fromEntries(entries)));
	};
	const files = new Map(was === void 0 ? [] : [[path, shown(was)]]);
	return unifiedDiff(files, new Map([[path, shown(after)]]));
}
function valuesOf(merged) {
	return Object.fromEntries([...merged].map(([key, { value }]) => [key, value]));
}
function valuesIn(text, path) {
	try {
		return parseConfigMap(text, path);
	} catch {
		return;
	}
}
async function readOwnFile(place, shown) {
	const state = await lstat(place).catch(() => void 0);
	if (state === void 0) return void 0;
	if (state.isFile()) return readFile(place, "utf8");
	throw new StepError(`${shown} is no file, so it is not written to`);
}
async function writePrivately(place, text) {
	const draft = join(dirname(place), `.${process.pid}-config.tmp`);
	try {
		await writeFile(draft, text, {
			mode: 384,
			flag: "wx"
		});
		await rename(draft, place);
	} catch (cause) {
		throw new StepError(`The configuration cannot be written to ${place}: ${messageOf(cause)}`, { cause });
	}
}
export { run };
