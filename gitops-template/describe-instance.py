"""Loads dagster.yaml as Dagster does, without a database, and tells what a run of a code location is started with."""

import json
import sys

from dagster._config import process_config, resolve_to_config_type
from dagster._core.instance.config import dagster_instance_config
from dagster._core.storage.config import pg_config
from dagster_k8s import K8sRunLauncher
from dagster_k8s.container_context import K8sContainerContext
from dagster_k8s.job import construct_dagster_k8s_job

config, _ = dagster_instance_config(sys.argv[1])
launcher = process_config(resolve_to_config_type(K8sRunLauncher.config_type()), config["run_launcher"]["config"])
assert launcher.success, launcher.errors
storage = process_config(resolve_to_config_type(pg_config()), config["storage"]["postgres"])
assert storage.success, storage.errors
database = storage.value["postgres_db"]
location = {"k8s": {"run_k8s_config": {"container_config": {"env_from": [
    {"config_map_ref": {"name": "etl-jobs-config", "optional": True}},
    {"secret_ref": {"name": "etl-jobs-secret", "optional": True}}]}}}}
own = dict(launcher.value)
platform = K8sContainerContext.create_from_config({"k8s": {
    "namespace": own["job_namespace"],
    **{key: own[key] for key in ("env_config_maps", "service_account_name", "image_pull_policy", "run_k8s_config")}}})
merged = platform.merge(K8sContainerContext.create_from_config(location))

class Launcher:
    dagster_home = own["dagster_home"]
    instance_config_map = own["instance_config_map"]
    postgres_password_secret = own["postgres_password_secret"]
    job_image = None

job = construct_dagster_k8s_job(
    merged.get_k8s_job_config("quay.io/data/etl-jobs:1", Launcher()), ["dagster"], "a-run",
    user_defined_k8s_config=merged.run_k8s_config).to_dict()
pod = job["spec"]["template"]["spec"]
container = pod["containers"][0]
assert pod["security_context"]["run_as_non_root"] and container["security_context"]["read_only_root_filesystem"]
print(json.dumps({
    "database": f'{database["hostname"]}:{database["port"]}/{database["db_name"]} as {database["username"]}',
    "namespace": merged.namespace,
    "account": pod["service_account_name"],
    "secondsAfterEnd": job["spec"]["ttl_seconds_after_finished"],
    "envFrom": [(each["config_map_ref"] or each["secret_ref"])["name"] for each in container["env_from"]],
    "image": container["image"],
}))
