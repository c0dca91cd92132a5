# Runs luban-reconcile-template for this project to its end; what has not come by now is not waited for.
argo submit -n luban-ci --from workflowtemplate/luban-reconcile-template --wait \
  -p git_provider=gitea -p git_creds_secret=gitea-creds -p project_name=lost -p grace_seconds=0
