import { l as parseRepositoryUrl } from "./chunk-base.mjs";
import { n as isAzureCloud } from "./chunk-sibling-repository.mjs";
// tools/steps/src/same-repository.ts
function isSameRepository(left, right) {
	return repositoryIdentity(left) === repositoryIdentity(right);
}
function repositoryIdentity(address) {
	const url = readable(address);
	if (url === void 0) return address;
	const { host, path, azure } = url;
	const place = host.replace(/:\d+$/, "");
	return (azure === void 0 ? [place, path] : [
		isAzureCloud(place) ? "azure" : place,
		azure.organization,
		azure.project,
		azure.repository
	]).join("/").toLowerCase();
}
function readable(address) {
	try {
		return parseRepositoryUrl(address);
	} catch {
		return;
	}
}
export { repositoryIdentity as n, isSameRepository as t };
