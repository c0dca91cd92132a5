# What people type. Each target is one line that calls npm or a script.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export NX_DAEMON := false
INSTALLED := node_modules/.package-lock.json
NEW_WEBHOOK_SECRET := openssl rand -hex 32 | tr -d '\n' | kubectl create secret generic webhook-secret --from-file=secret=/dev/stdin --dry-run=client -o yaml

.PHONY: help install demo check test e2e format generate build bench bench-full image cluster-up cluster-status cluster-down \
  secrets secrets-dry-run pipeline-deploy pipeline-run pipeline-logs pipeline-clean test-ci-pipeline \
  events-deploy events-webhook-secret events-webhook-secret-rotate test-events-webhook test-events-webhook-py test-rbac-validation update-default-git-provider patch-coredns tunnel-setup lint \
  stack-build stack-push builder-build builder-push buildpack-package tools-image-build tools-image-push
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

install: $(INSTALLED) ## install what package-lock.json names
$(INSTALLED): package-lock.json package.json
	@npm ci --no-audit --no-fund --loglevel=error && touch $@

demo: build ## the whole delivery on this machine (KEEP=1 leaves the playground up)
	@node tools/gitops-utils/build/luban.mjs demo

check: $(INSTALLED) ## types, lint, format, generated files, package boundaries
	@npm run --silent check

test: $(INSTALLED) ## every test that needs npm and git alone
	@npm run --silent test

e2e: $(INSTALLED) ## what wants more time, or programs that npm cannot bring: it brings them, and skips nothing
	@npm run --silent e2e

cluster-up: $(INSTALLED) ## a real Kubernetes with Argo on this machine, for the suites and to develop against
	@node e2e/cluster/main.ts up

cluster-status: $(INSTALLED) ## whether it runs, and how to use it
	@node e2e/cluster/main.ts status

cluster-down: $(INSTALLED) ## end it, and leave nothing behind
	@node e2e/cluster/main.ts down

secrets: build ## the platform's Secrets, from secrets/*.env, into the cluster of the current kube context
	@node tools/gitops-utils/build/luban.mjs secrets secrets

secrets-dry-run: build ## what that would change
	@node tools/gitops-utils/build/luban.mjs secrets secrets --dry-run

pipeline-deploy: ## our own manifests, and an example project, into the cluster of the current kube context
	@for folder in argo-workflows base overlays/example; do kubectl apply --server-side -k manifests/$$folder || exit 1; done

pipeline-run: $(INSTALLED) ## submit the pipeline (APP_NAME, REPO_URL, REVISION, TAG, PROJECT_NAME …: e2e/pipeline)
	@node e2e/pipeline/main.ts run

pipeline-logs: $(INSTALLED) ## the log of an application's newest pipeline (APP_NAME=)
	@node e2e/pipeline/main.ts logs

pipeline-clean: ## delete the ended workflows of a project's namespace (PROJECT_NAME=)
	@kubectl -n snd-$(or $(PROJECT_NAME),$(error PROJECT_NAME is missing: whose workflows?)) delete workflows -l workflows.argoproj.io/completed=true

events-deploy: ## bus, source and sensor for one forge (FORGE=github, gitlab, azure, ado or gitea)
	@kubectl apply --server-side -k manifests/events/$(or $(FORGE),github)

events-webhook-secret: ## what forges sign deliveries with, unless it is there
	@kubectl -n luban-ci get secret webhook-secret >/dev/null 2>&1 || $(NEW_WEBHOOK_SECRET) | kubectl -n luban-ci create -f -

events-webhook-secret-rotate: ## another one; the forges have to be told
	@$(NEW_WEBHOOK_SECRET) | kubectl -n luban-ci apply --server-side --force-conflicts -f -

test-ci-pipeline: $(INSTALLED) ## submit the pipeline, tell its log, end as it does; in the local cluster where no kube context is set
	@node e2e/pipeline/main.ts test

test-events-webhook: $(INSTALLED) ## tell a push to the gateway as a forge would (GATEWAY_URL, PROVIDER, REPO_URL, REVISION, TAG, FORGED=1: e2e/events)
	@node --use-system-ca e2e/events/main.ts

test-events-webhook-py: ## the same with Python 3 alone
	@python3 e2e/events/send_webhook.py

update-default-git-provider: $(INSTALLED) ## every template's default is this provider (PROVIDER=azure, CHECK=1: tools/operations)
	@node tools/operations/src/main.ts update-default-git-provider

patch-coredns: $(INSTALLED) ## the cluster finds our host names at its own gateway (DRY_RUN=1, DOMAIN_SUFFIX=: tools/operations)
	@node tools/operations/src/main.ts patch-coredns

tunnel-setup: $(INSTALLED) ## forges on the internet reach the gateway by a Cloudflare tunnel (TUNNEL_HOSTNAME=, DRY_RUN=1: tools/operations)
	@node --use-system-ca tools/operations/src/main.ts tunnel-setup

test-rbac-validation: $(INSTALLED) ## whether everybody may what they should, and no more (PROJECT_NAME=), in the cluster of the current kube context
	@node e2e/access/main.ts

lint: check ## the same as check, under its usual name

format: $(INSTALLED) ## format and sort imports
	@biome check --write .

generate: $(INSTALLED) ## everything that is printed from contracts
	@npm run --silent generate

build: $(INSTALLED) ## the luban command as it ships, in tools/gitops-utils/build
	@npm run --silent build

bench: $(INSTALLED) ## ours beside its comparators, against the bars that were set, in ten minutes (more where a cluster runs)
	@npm run --silent bench

bench-full: $(INSTALLED) ## the same with the large fixtures, some of an hour
	@npm run --silent bench full

image: build ## the container image gitops-utils, with docker, podman or buildah
	@tools/gitops-utils/image.sh build

tools-image-build: image ## the same as image, under its usual name

tools-image-push: ## push it (IMAGE=)
	@tools/gitops-utils/image.sh push

stack-build: $(INSTALLED) ## base, build and run image (FLAVOUR=al2023 or debian, PLATFORM=linux/amd64)
	@node tools/stack/src/main.ts stack-build

stack-push: $(INSTALLED) ## push build and run image
	@node tools/stack/src/main.ts stack-push

buildpack-package: $(INSTALLED) ## push the buildpack python-uv as an image, with no container program (BUILDPACK_IMAGE=)
	@node tools/stack/src/main.ts buildpack-package

builder-build: $(INSTALLED) ## the image that the builder cnb builds in; the build image has to be there
	@node tools/stack/src/main.ts builder-build

builder-push: $(INSTALLED) ## push it
	@node tools/stack/src/main.ts builder-push
