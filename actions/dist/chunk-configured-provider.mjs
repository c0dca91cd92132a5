import { H as GitProvider } from "./chunk-base.mjs";
import { n as isAzureCloud, r as isSameHost } from "./chunk-sibling-repository.mjs";
// tools/steps/src/configured-provider.ts
function configuredProvider(url, config) {
	return GitProvider.options.find((provider) => {
		if (provider === "azure" && config.azure_server === "dev.azure.com" && isAzureCloud(url.host)) return true;
		return hostsOf(provider, config).some((host) => isSameHost(url, host));
	});
}
function configuredHosts(config) {
	return [...new Set(GitProvider.options.flatMap((provider) => hostsOf(provider, config)))];
}
function hostsOf(provider, config) {
	const address = config[`${provider}_base_url`];
	return [config[`${provider}_server`], address === void 0 ? void 0 : new URL(address).host].filter((host) => host !== void 0);
}
export { configuredProvider as n, configuredHosts as t };
