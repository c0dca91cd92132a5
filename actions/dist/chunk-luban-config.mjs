import { Ct as strictObject, H as GitProvider, Ot as url, St as record, U as DnsLabel, dt as _enum, kt as NEVER, lt as number, nt as BuilderName, pt as array, wt as string } from "./chunk-base.mjs";
import { n as isPatternOf } from "./chunk-name-pattern.mjs";
import { t as parseConfigData } from "./chunk-parse-config-data.mjs";
// tools/conventions/src/luban-config.ts
const pattern = (allowed, needed) => string().refine((text) => isPatternOf(text, allowed, needed), { message: `expected a pattern with ${needed.map((each) => `<${each}>`).join(" and ")}, made of ${allowed.map((each) => `<${each}>`).join(", ")}` });
const port = number().int().min(1).max(65535);
const flag = _enum(["true", "false"]).transform((text) => text === "true");
const authMode = _enum(["extraheader_basic", "credential_store"]);
const groupKind = /^(?:[a-z0-9.-]+\/)?[A-Z][A-Za-z0-9]*$/;
const Quantities = record(string(), string().regex(/^[0-9.]+(?:[numkMGTPE]|[KMGTPE]i)?$/, "expected a quantity"));
const deployableKinds = [
	...[
		"ConfigMap",
		"Secret",
		"Service",
		"ServiceAccount",
		"PersistentVolumeClaim"
	],
	...[
		"apps/Deployment",
		"apps/StatefulSet",
		"batch/CronJob",
		"batch/Job"
	],
	...["autoscaling/HorizontalPodAutoscaler", "policy/PodDisruptionBudget"],
	...[
		"gateway.networking.k8s.io/GRPCRoute",
		"gateway.networking.k8s.io/HTTPRoute",
		"networking.k8s.io/Ingress"
	],
	...["rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/RoleBinding"]
];
function json(schema) {
	return string().transform((text, context) => {
		try {
			return JSON.parse(text);
		} catch {
			context.addIssue({
				code: "custom",
				message: "expected JSON"
			});
			return NEVER;
		}
	}).pipe(schema);
}
const LubanConfig = strictObject({
	registry_server: string().min(1).default("quay.io").describe("Host, and port if any, of the container registry."),
	image_pull_secret: DnsLabel.default("harbor-ro-creds").describe("Secret with which clusters pull images."),
	harbor_url: url().optional().describe("Address of Harbor’s web page, when it is not https://<registry_server>."),
	default_image_name: string().default("quay.io/luban-ci/luban-hello-world-py").describe("Placeholder image of a new application."),
	default_image_tag: string().default("latest").describe("Tag of the placeholder image."),
	default_container_port: port.default(8e3).describe("Port that an application listens on."),
	default_service_port: port.default(80).describe("Port of its Service."),
	domain_suffix: string().default("apps.example.com").describe("Suffix of application host names."),
	webhook_url: string().optional().describe("Public address at which forges deliver events."),
	environments: json(array(DnsLabel).min(1)).default(["snd", "prd"]).describe("Environments in the order of promotion, as JSON."),
	environment_branches: json(record(string(), string())).default({ prd: "main" }).describe("GitOps branch by environment, as JSON; the others use gitops_branch."),
	cluster_map: json(record(string(), string())).default({}).describe("API server by environment, as JSON; the others run in this cluster."),
	gitops_branch: string().default("develop").describe("Branch that deployments land on."),
	application_pattern: pattern([
		"env",
		"project",
		"app"
	], ["env", "app"]).default("<env>-<app>").describe("Argo CD Application."),
	argocd_namespace: DnsLabel.default("argocd").describe("Namespace of Argo CD, and of its objects."),
	argocd_namespaced_kinds: json(array(string().regex(groupKind, "expected <group>/<Kind>, or <Kind> of the core group"))).default(deployableKinds).describe("Kinds that Argo CD may deploy into a project’s namespaces, as JSON; no others, and none outside a namespace."),
	argocd_project_pattern: pattern(["env", "project"], ["env", "project"]).default("<env>-<project>").describe("Argo CD AppProject."),
	namespace_pattern: pattern(["env", "project"], ["env", "project"]).default("<env>-<project>").describe("Namespace of an environment."),
	build_namespace_pattern: pattern(["env", "project"], ["project"]).default("<env>-<project>").describe("Namespace that builds run in; <env> is the first environment."),
	pod_security_level: _enum([
		"privileged",
		"baseline",
		"restricted"
	]).default("restricted").describe("Pod security standard that a project’s namespaces enforce."),
	namespace_quota: json(Quantities).default({
		pods: "100",
		"requests.cpu": "20",
		"requests.memory": "40Gi",
		persistentvolumeclaims: "20"
	}).describe("Quota of a project’s namespace, as JSON."),
	container_requests: json(Quantities).default({
		cpu: "50m",
		memory: "64Mi"
	}).describe("What a container asks for that does not say, as JSON."),
	network_policy: _enum(["isolate", "none"]).default("isolate").describe("Whether a project’s namespace takes traffic only from itself and the namespaces in network_policy_allow_from."),
	network_policy_allow_from: json(array(DnsLabel)).default(["gateway"]).describe("Namespaces whose pods may reach those of a project, as JSON."),
	kpack_builds: number().int().min(1).default(10).describe("Builds of a project at a time, to begin with."),
	build_secrets: json(array(DnsLabel)).default([
		"harbor-creds",
		"github-creds",
		"quay-creds",
		"uv-mirror-netrc",
		"luban-ca-cert"
	]).describe("Secrets of luban-ci that a build namespace gets, as far as they are there, as JSON; <project>-<name> wins."),
	secret_distribution: _enum(["copy", "replicate"]).default("copy").describe("Whether set-up copies Secrets, or leaves stubs that kubernetes-replicator fills."),
	gitops_repository_pattern: pattern(["app", "project"], ["app"]).default("<app>-gitops").describe("GitOps repository of an application."),
	overlay_pattern: pattern([
		"env",
		"project",
		"app"
	], ["env"]).default("app/overlays/<env>").describe("Folder of an overlay in a GitOps repository; of many applications: apps/<app>/overlays/<env>."),
	image_pattern: pattern([
		"registry",
		"project",
		"app"
	], ["project", "app"]).default("<registry>/<project>/<app>").describe("Image repository of an application."),
	infra_project: DnsLabel.default("luban-infra").describe("Project that the infra repositories belong to."),
	infra_ci_repository: string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "expected the name of a repository").default("luban-infra-ci").describe("Infra repository of the namespaces that builds run in."),
	infra_cd_repository: string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "expected the name of a repository").default("luban-infra-cd").describe("Infra repository of the namespaces of environments."),
	builder: BuilderName.default("kpack").describe("How images are built."),
	cluster_builder: DnsLabel.default("luban-builder").describe("ClusterBuilder that kpack builds with."),
	cnb_builder_image: string().optional().describe("Image with buildpacks and lifecycle, for the builder cnb."),
	build_base_image: string().optional().describe("Base image of the append builder."),
	build_platforms: json(array(string()).min(1)).default(["linux/amd64"]).describe("Platforms that the append builder builds for, as JSON."),
	production_auto_sync: flag.default(true).describe("Whether Argo CD applies production without being asked."),
	record: _enum(["file", "none"]).default("file").describe("Whether landings keep a record file beside what they edit."),
	default_git_provider: GitProvider.default("github").describe("Git host of repositories whose address does not tell."),
	github_server: string().default("github.com").describe("Host of GitHub."),
	gitlab_server: string().default("gitlab.com").describe("Host of GitLab."),
	azure_server: string().default("dev.azure.com").describe("Host of Azure DevOps Services."),
	ado_server: string().optional().describe("Host of Azure DevOps Server."),
	gitea_server: string().optional().describe("Host, and port if any, of Gitea or Forgejo."),
	github_base_url: url().optional().describe("Address of GitHub when it is not https://<host>."),
	gitlab_base_url: url().optional().describe("Address of GitLab when it is not https://<host>."),
	azure_base_url: url().optional().describe("Address of Azure DevOps Services when it is not https://<host>."),
	ado_base_url: url().optional().describe("Address of Azure DevOps Server, with its path prefix."),
	gitea_base_url: url().optional().describe("Address of Gitea when it is not https://<host>."),
	github_https_auth_mode: authMode.default("extraheader_basic").describe("How git logs in to GitHub."),
	gitlab_https_auth_mode: authMode.default("extraheader_basic").describe("How git logs in to GitLab."),
	azure_https_auth_mode: authMode.default("extraheader_basic").describe("How git logs in to Azure DevOps Services."),
	ado_https_auth_mode: authMode.default("extraheader_basic").describe("How git logs in to Azure DevOps Server."),
	gitea_https_auth_mode: authMode.default("extraheader_basic").describe("How git logs in to Gitea."),
	azure_basic_auth_username: string().optional().describe("User name beside an Azure token."),
	ado_basic_auth_username: string().optional().describe("User name beside an Azure DevOps Server token."),
	azure_devops_api_version: string().default("7.1").describe("API version of Azure DevOps Services."),
	ado_devops_api_version: string().default("6.0").describe("API version of Azure DevOps Server."),
	gitops_utils_image: string().optional().describe("Image of the steps."),
	python_index_url: url().optional().describe("Package index of new Python applications."),
	python_index_name: string().optional().describe("Name of that index."),
	uv_release_base_url: url().optional().describe("Mirror of uv releases, for the buildpack."),
	uv_python_install_mirror: url().optional().describe("Mirror of Python builds, for the buildpack."),
	cilium_egress_gateway_policy: string().optional().describe("Value of the namespace label that selects an egress policy."),
	otel_exporter_otlp_endpoint: string().optional().describe("OpenTelemetry endpoint of Dagster."),
	otel_exporter_otlp_protocol: _enum(["grpc", "http/protobuf"]).optional().describe("Its protocol.")
});
function parseLubanConfig(data) {
	return parseConfigData(LubanConfig, "luban-config", data);
}
export { parseLubanConfig as n, LubanConfig as t };
