// tools/steps/src/setup-namespace/tenant-templates.generated.ts
const tenantTemplates = [{
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "WorkflowTemplate",
	"metadata": {
		"name": "luban-ci-kpack-template",
		"labels": { "app.kubernetes.io/part-of": "luban-ci" }
	},
	"spec": {
		"entrypoint": "ci-pipeline",
		"onExit": "report",
		"serviceAccountName": "workflow-runner",
		"activeDeadlineSeconds": 3600,
		"securityContext": {
			"runAsNonRoot": true,
			"runAsUser": 1e3,
			"fsGroup": 1e3
		},
		"podGC": {
			"strategy": "OnPodCompletion",
			"deleteDelayDuration": "10m"
		},
		"ttlStrategy": {
			"secondsAfterSuccess": 1800,
			"secondsAfterFailure": 86400,
			"secondsAfterCompletion": 86400
		},
		"synchronization": { "semaphores": [{ "configMapKeyRef": {
			"name": "workflow-semaphores",
			"key": "kpack-builds"
		} }] },
		"arguments": { "parameters": [
			{
				"name": "repo_url",
				"description": "Address of the source repository."
			},
			{
				"name": "revision",
				"value": "main",
				"description": "Commit, branch or tag to build."
			},
			{
				"name": "git_ref",
				"value": "",
				"description": "The ref that was pushed; a tag gives the image its version."
			},
			{
				"name": "project_name",
				"description": "Project of the team."
			},
			{
				"name": "app_name",
				"description": "Name of the application."
			},
			{
				"name": "sub_path",
				"value": ".",
				"description": "Folder of the application in the repository."
			},
			{
				"name": "tag",
				"value": "",
				"description": "Tag for the image; by default the version of a git tag, else the commit."
			},
			{
				"name": "builder",
				"value": "",
				"description": "How to build; by default as luban-config says."
			},
			{
				"name": "build_environment",
				"value": "{}",
				"description": "Build-time variables of the application as a JSON object, for kpack and cnb."
			},
			{
				"name": "registry_server",
				"value": "",
				"description": "Registry to use instead of the one in luban-config."
			},
			{
				"name": "registry_namespace",
				"value": "",
				"description": "Project in the registry, where it is called otherwise than the team's."
			},
			{
				"name": "registry_creds_secret",
				"value": "harbor-creds",
				"description": "Secret for pushing to the registry."
			},
			{
				"name": "git_provider",
				"value": "github",
				"description": "Kind of git host."
			},
			{
				"name": "git_creds_secret",
				"value": "github-creds",
				"description": "Secret with username and token of the git host."
			},
			{
				"name": "gitops_repo_url",
				"value": "",
				"description": "GitOps repository; by default beside the source repository."
			},
			{
				"name": "gitops_branch",
				"value": "develop",
				"description": "Branch that the deployment lands on."
			},
			{
				"name": "deploy_env",
				"value": "snd",
				"description": "Environment to deploy to."
			},
			{
				"name": "order_key",
				"value": "",
				"description": "When the build was asked for, by default this workflow; an older one never replaces a newer one."
			},
			{
				"name": "requested_by",
				"value": "",
				"description": "Account that asked for it."
			},
			{
				"name": "run_url",
				"value": "",
				"description": "Page of this run."
			},
			{
				"name": "gitops_utils_image",
				"valueFrom": {
					"configMapKeyRef": {
						"name": "luban-config",
						"key": "gitops_utils_image"
					},
					"default": "quay.io/luban-ci/gitops-utils:0.1.0"
				},
				"description": "Image of the steps."
			}
		] },
		"templates": [{
			"name": "ci-pipeline",
			"dag": { "tasks": [{
				"name": "build-image",
				"templateRef": {
					"name": "luban-steps-v1",
					"template": "build-image",
					"clusterScope": true
				},
				"arguments": { "parameters": [
					{
						"name": "repo_url",
						"value": "{{workflow.parameters.repo_url}}"
					},
					{
						"name": "revision",
						"value": "{{workflow.parameters.revision}}"
					},
					{
						"name": "git_ref",
						"value": "{{workflow.parameters.git_ref}}"
					},
					{
						"name": "image_tag",
						"value": "{{workflow.parameters.tag}}"
					},
					{
						"name": "project_name",
						"value": "{{workflow.parameters.project_name}}"
					},
					{
						"name": "app_name",
						"value": "{{workflow.parameters.app_name}}"
					},
					{
						"name": "sub_path",
						"value": "{{workflow.parameters.sub_path}}"
					},
					{
						"name": "builder",
						"value": "{{workflow.parameters.builder}}"
					},
					{
						"name": "build_environment",
						"value": "{{workflow.parameters.build_environment}}"
					},
					{
						"name": "namespace",
						"value": "{{workflow.namespace}}"
					},
					{
						"name": "request_id",
						"value": "{{workflow.uid}}"
					},
					{
						"name": "registry_server",
						"value": "{{workflow.parameters.registry_server}}"
					},
					{
						"name": "registry_namespace",
						"value": "{{workflow.parameters.registry_namespace}}"
					},
					{
						"name": "registry_creds_secret",
						"value": "{{workflow.parameters.registry_creds_secret}}"
					},
					{
						"name": "git_creds_secret",
						"value": "{{workflow.parameters.git_creds_secret}}"
					},
					{
						"name": "gitops_utils_image",
						"value": "{{workflow.parameters.gitops_utils_image}}"
					}
				] }
			}, {
				"name": "deploy-image",
				"depends": "build-image.Succeeded",
				"templateRef": {
					"name": "luban-steps-v1",
					"template": "deploy-image",
					"clusterScope": true
				},
				"arguments": { "parameters": [
					{
						"name": "repo_url",
						"value": "{{workflow.parameters.repo_url}}"
					},
					{
						"name": "revision",
						"value": "{{tasks.build-image.outputs.parameters.revision}}"
					},
					{
						"name": "project_name",
						"value": "{{workflow.parameters.project_name}}"
					},
					{
						"name": "app_name",
						"value": "{{workflow.parameters.app_name}}"
					},
					{
						"name": "image",
						"value": "{{tasks.build-image.outputs.parameters.image}}"
					},
					{
						"name": "image_tag",
						"value": "{{tasks.build-image.outputs.parameters.image_tag}}"
					},
					{
						"name": "digest",
						"value": "{{tasks.build-image.outputs.parameters.digest}}"
					},
					{
						"name": "gitops_repo_url",
						"value": "{{workflow.parameters.gitops_repo_url}}"
					},
					{
						"name": "gitops_branch",
						"value": "{{workflow.parameters.gitops_branch}}"
					},
					{
						"name": "deploy_env",
						"value": "{{workflow.parameters.deploy_env}}"
					},
					{
						"name": "order_key",
						"value": "{{workflow.parameters.order_key}}"
					},
					{
						"name": "requested_at",
						"value": "{{workflow.creationTimestamp.RFC3339}}"
					},
					{
						"name": "requested_by",
						"value": "{{workflow.parameters.requested_by}}"
					},
					{
						"name": "run_url",
						"value": "{{workflow.parameters.run_url}}"
					},
					{
						"name": "git_creds_secret",
						"value": "{{workflow.parameters.git_creds_secret}}"
					},
					{
						"name": "gitops_utils_image",
						"value": "{{workflow.parameters.gitops_utils_image}}"
					}
				] }
			}] }
		}, {
			"name": "report",
			"steps": [[{
				"name": "report-status",
				"templateRef": {
					"name": "luban-steps-v1",
					"template": "report-status",
					"clusterScope": true
				},
				"arguments": { "parameters": [
					{
						"name": "repo_url",
						"value": "{{workflow.parameters.repo_url}}"
					},
					{
						"name": "revision",
						"value": "{{workflow.parameters.revision}}"
					},
					{
						"name": "state",
						"value": "{{workflow.status}}"
					},
					{
						"name": "description",
						"value": "{{workflow.name}} in {{workflow.namespace}}"
					},
					{
						"name": "is_strict",
						"value": "false"
					},
					{
						"name": "git_provider",
						"value": "{{workflow.parameters.git_provider}}"
					},
					{
						"name": "run_url",
						"value": "{{workflow.parameters.run_url}}"
					},
					{
						"name": "git_creds_secret",
						"value": "{{workflow.parameters.git_creds_secret}}"
					},
					{
						"name": "gitops_utils_image",
						"value": "{{workflow.parameters.gitops_utils_image}}"
					}
				] }
			}]]
		}]
	}
}, {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "WorkflowTemplate",
	"metadata": {
		"name": "luban-promotion-template",
		"labels": { "app.kubernetes.io/part-of": "luban-ci" }
	},
	"spec": {
		"entrypoint": "promote-snd-to-prd",
		"serviceAccountName": "workflow-runner",
		"activeDeadlineSeconds": 1800,
		"securityContext": {
			"runAsNonRoot": true,
			"runAsUser": 1e3,
			"fsGroup": 1e3
		},
		"podGC": {
			"strategy": "OnPodCompletion",
			"deleteDelayDuration": "10m"
		},
		"ttlStrategy": {
			"secondsAfterSuccess": 1800,
			"secondsAfterFailure": 86400,
			"secondsAfterCompletion": 86400
		},
		"arguments": { "parameters": [
			{
				"name": "project_name",
				"description": "Project of the team."
			},
			{
				"name": "app_name",
				"description": "Name of the application."
			},
			{
				"name": "git_organization",
				"value": "",
				"description": "Owner of the repositories; by default as luban-repositories says, else the project."
			},
			{
				"name": "gitops_repo_url",
				"value": "",
				"description": "GitOps repository; by default as luban-repositories says."
			},
			{
				"name": "from_env",
				"value": "snd",
				"description": "Environment to promote from."
			},
			{
				"name": "to_env",
				"value": "prd",
				"description": "Environment to promote to."
			},
			{
				"name": "mode",
				"value": "pull-request",
				"enum": [
					"pull-request",
					"auto-merge",
					"direct"
				],
				"description": "How the change reaches the target branch."
			},
			{
				"name": "scope",
				"value": "image",
				"enum": ["image", "all"],
				"description": "The image alone, or everything between the two branches."
			},
			{
				"name": "requested_by",
				"value": "",
				"description": "Account that asked for it."
			},
			{
				"name": "run_url",
				"value": "",
				"description": "Page of this run."
			},
			{
				"name": "argocd_server",
				"value": "",
				"description": "Address of Argo CD; without it, health is not asked for."
			},
			{
				"name": "git_provider",
				"value": "github",
				"description": "Kind of git host."
			},
			{
				"name": "git_creds_secret",
				"value": "github-creds",
				"description": "Secret with username and token of the git host."
			},
			{
				"name": "registry_creds_secret",
				"value": "harbor-creds",
				"description": "Secret for the registry."
			},
			{
				"name": "gitops_utils_image",
				"valueFrom": {
					"configMapKeyRef": {
						"name": "luban-config",
						"key": "gitops_utils_image"
					},
					"default": "quay.io/luban-ci/gitops-utils:0.1.0"
				},
				"description": "Image of the steps."
			}
		] },
		"templates": [{
			"name": "promote-snd-to-prd",
			"steps": [[{
				"name": "promote",
				"templateRef": {
					"name": "luban-steps-v1",
					"template": "promote",
					"clusterScope": true
				},
				"arguments": { "parameters": [
					{
						"name": "project_name",
						"value": "{{workflow.parameters.project_name}}"
					},
					{
						"name": "app_name",
						"value": "{{workflow.parameters.app_name}}"
					},
					{
						"name": "git_organization",
						"value": "{{workflow.parameters.git_organization}}"
					},
					{
						"name": "gitops_repo_url",
						"value": "{{workflow.parameters.gitops_repo_url}}"
					},
					{
						"name": "from_env",
						"value": "{{workflow.parameters.from_env}}"
					},
					{
						"name": "to_env",
						"value": "{{workflow.parameters.to_env}}"
					},
					{
						"name": "mode",
						"value": "{{workflow.parameters.mode}}"
					},
					{
						"name": "scope",
						"value": "{{workflow.parameters.scope}}"
					},
					{
						"name": "requested_at",
						"value": "{{workflow.creationTimestamp.RFC3339}}"
					},
					{
						"name": "requested_by",
						"value": "{{workflow.parameters.requested_by}}"
					},
					{
						"name": "run_url",
						"value": "{{workflow.parameters.run_url}}"
					},
					{
						"name": "argocd_server",
						"value": "{{workflow.parameters.argocd_server}}"
					},
					{
						"name": "git_provider",
						"value": "{{workflow.parameters.git_provider}}"
					},
					{
						"name": "git_creds_secret",
						"value": "{{workflow.parameters.git_creds_secret}}"
					},
					{
						"name": "registry_creds_secret",
						"value": "{{workflow.parameters.registry_creds_secret}}"
					},
					{
						"name": "gitops_utils_image",
						"value": "{{workflow.parameters.gitops_utils_image}}"
					}
				] }
			}]]
		}]
	}
}];
export { tenantTemplates };
