import { l as parseRepositoryUrl } from "./chunk-base.mjs";
// tools/steps/src/sibling-repository.ts
function siblingRepository(url, name, conventions) {
	const base = webAddressOf(url, conventions.config);
	if (url.azure === void 0) return `${base}/${encoded(url.owner)}/${encodeURIComponent(name)}.git`;
	const { organization, project } = url.azure;
	return `${base}/${encoded(organization)}/${encodeURIComponent(project)}/_git/${encodeURIComponent(name)}`;
}
function gitopsRepositoryFor(source, name, conventions) {
	const registered = conventions.applications.find((each) => each.project === name.project && each.app === name.app);
	if (registered?.gitops !== void 0) return registered.gitops;
	return siblingRepository(parseRepositoryUrl(registered?.source ?? source), conventions.gitopsRepositoryOf(name), conventions);
}
function isAzureCloud(host) {
	return host === "dev.azure.com" || host === "ssh.dev.azure.com" || /^[a-z0-9-]+\.visualstudio\.com$/.test(host);
}
function webHostOf({ scheme, host }) {
	return scheme === "ssh" ? withoutPort(host) : host;
}
function isSameHost(url, configured) {
	return url.scheme === "ssh" ? withoutPort(url.host) === withoutPort(configured) : url.host === configured;
}
function webAddressOf(url, config) {
	if (url.azure !== void 0 && isAzureCloud(url.host)) return (config.azure_base_url ?? `https://${config.azure_server}`).replace(/\/+$/, "");
	const base = [
		config.github_base_url,
		config.gitlab_base_url,
		config.ado_base_url,
		config.gitea_base_url
	].find((address) => address !== void 0 && isSameHost(url, new URL(address).host));
	if (base !== void 0) return base.replace(/\/+$/, "");
	return `${url.scheme === "http" ? "http" : "https"}://${webHostOf(url)}`;
}
function withoutPort(host) {
	return host.replace(/:\d+$/, "");
}
function encoded(path) {
	return path.split("/").map(encodeURIComponent).join("/");
}
export { webHostOf as i, isAzureCloud as n, isSameHost as r, gitopsRepositoryFor as t };
