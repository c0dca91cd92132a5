import { n as parseLubanConfig } from "./chunk-luban-config.mjs";
import { r as readConfigMap } from "./chunk-parse-config-data.mjs";
import { n as configuredProvider } from "./chunk-configured-provider.mjs";
// tools/steps/src/capabilities/configured-server.ts
async function configuredServer(url, configPath) {
	const config = parseLubanConfig(await readConfigMap(configPath));
	const provider = configuredProvider(url, config);
	if (provider === void 0) return void 0;
	const versions = {
		azure: config.azure_devops_api_version,
		ado: config.ado_devops_api_version
	};
	return {
		provider,
		baseUrl: config[`${provider}_base_url`],
		apiVersion: versions[provider]
	};
}
export { configuredServer };
