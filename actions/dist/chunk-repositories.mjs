import { Pt as InputError, U as DnsLabel, wt as string, xt as object } from "./chunk-base.mjs";
import { r as stringify, t as parse } from "./chunk-yaml.mjs";
// tools/conventions/src/repositories.ts
const RegisteredApplication = object({
	project: DnsLabel,
	app: DnsLabel,
	source: string().min(1),
	gitops: string().min(1).optional()
});
const Entry = object({
	source: string().min(1),
	gitops: string().min(1).optional()
});
function repositoriesKey({ project, app }) {
	return `${project}.${app}`;
}
function parseRepositoriesEntry(text) {
	return Entry.safeParse(parsedYaml(text)).data;
}
function serialiseRepositoriesEntry({ source, gitops }) {
	return stringify({
		source,
		...gitops === void 0 ? {} : { gitops }
	}, { lineWidth: 0 });
}
function parseRepositories(data) {
	return Object.entries(data).map(([key, text]) => {
		const [project = "", app = "", ...rest] = key.split(".");
		const entry = parseRepositoriesEntry(text);
		const application = RegisteredApplication.safeParse({
			project,
			app,
			...entry
		});
		if (rest.length === 0 && entry !== void 0 && application.success) return application.data;
		throw new InputError("luban-repositories cannot be used", [{
			field: key,
			expected: "expected a key <project>.<app> whose value is a YAML map with source, and gitops if it is elsewhere"
		}]);
	});
}
function parsedYaml(text) {
	try {
		return parse(text);
	} catch {
		return;
	}
}
export { serialiseRepositoriesEntry as i, parseRepositoriesEntry as n, repositoriesKey as r, parseRepositories as t };
