#!/bin/sh
# Every container of every workflow pod in a namespace: not root, nothing gained, nothing kept, and ours with a root that is read-only.
set -eu
kubectl -n "$1" get pods -l workflows.argoproj.io/workflow -o json | node -e '
  const { items } = JSON.parse(require("fs").readFileSync(0));
  const wrong = items.flatMap(({ metadata, spec }) =>
    [...(spec.initContainers ?? []), ...spec.containers].flatMap((container) => {
      const own = container.securityContext ?? {};
      const faults = [
        [(own.runAsNonRoot ?? spec.securityContext?.runAsNonRoot) !== true, "may be root"],
        [own.allowPrivilegeEscalation !== false, "may gain rights"],
        [!own.capabilities?.drop?.includes("ALL"), "keeps capabilities"],
        [container.name === "main" && own.readOnlyRootFilesystem !== true, "has a root that can be written"],
        [container.name === "main" && !container.resources?.limits?.memory, "has no memory limit"],
      ];
      return faults.flatMap(([is, what]) => (is ? [`${metadata.name}/${container.name} ${what}`] : []));
    }));
  console.log(`${items.length} pods`);
  for (const line of wrong) console.error(line);
  process.exit(items.length === 0 || wrong.length > 0 ? 1 : 0);
'
