"""What `make test-events-webhook-py` calls: main.ts and delivery.ts beside it, for who has Python 3 and nothing else."""

import base64
import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

PROVIDERS = ("github", "gitlab", "azure", "ado", "gitea")
GATEWAY = "https://webhook.luban.metasync.cc"


class Refusal(Exception):
    """What the caller can mend, in one sentence."""


def given(name, default=""):
    return os.environ.get(name, "").strip() or default


def push_of():
    provider = given("PROVIDER", "github")
    if provider not in PROVIDERS:
        raise Refusal(f'PROVIDER is "{provider}"; expected one of {", ".join(PROVIDERS)}')
    gateway_url = given("GATEWAY_URL", GATEWAY + ("/push" if provider == "github" else f"/{provider}/push"))
    if not re.match(r"https?://", gateway_url):
        raise Refusal(f'GATEWAY_URL is "{gateway_url}"; expected an http address')
    revision = given("REVISION", "main")
    branch = given("BRANCH", "main") if re.fullmatch(r"[0-9a-f]{40}", revision) else revision
    tag = given("TAG")
    return {
        "provider": provider,
        "gateway_url": gateway_url,
        "repo_url": given("REPO_URL", f"https://github.com/metasync/{given('APP_NAME', 'cart-service')}.git"),
        "revision": revision,
        "git_ref": f"refs/tags/{tag}" if tag else f"refs/heads/{branch}",
        "pusher": given("PUSHER", "test-events-webhook"),
        "forged": given("FORGED") in ("1", "true", "yes"),
    }


def body_of(push, now):
    """What our sensors read of each forge's deliveries."""
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    provider, ref, revision = push["provider"], push["git_ref"], push["revision"]
    if provider == "gitlab":
        kind = "tag_push" if ref.startswith("refs/tags/") else "push"
        project = {"git_http_url": push["repo_url"]}
        return {"object_kind": kind, "ref": ref, "after": revision, "project": project, "user_username": push["pusher"]}
    if provider in ("azure", "ado"):
        update = {"name": ref, "oldObjectId": "0" * 40, "newObjectId": revision}
        resource = {
            "repository": {"remoteUrl": push["repo_url"]},
            "refUpdates": [update],
            "pushedBy": {"uniqueName": push["pusher"]},
            "date": at,
        }
        return {"eventType": "git.push", "resource": resource}
    when = {"pushed_at": int(now)} if provider == "github" else {"updated_at": at}
    who = {"name" if provider == "github" else "login": push["pusher"]}
    return {"ref": ref, "after": revision, "repository": {"clone_url": push["repo_url"], **when}, "pusher": who}


def headers_of(push, body, secret):
    proof = secret + "-forged" if push["forged"] else secret
    headers = {"Content-Type": "application/json"}
    if push["provider"] in ("github", "gitea"):
        signature = hmac.new(proof.encode(), body, hashlib.sha256).hexdigest()
        return {**headers, "X-GitHub-Event": "push", "X-Hub-Signature-256": f"sha256={signature}"}
    return {**headers, "Authorization": f"Bearer {proof}"}


def webhook_secret():
    if os.environ.get("WEBHOOK_SECRET"):
        return os.environ["WEBHOOK_SECRET"]
    path = os.environ.get("WEBHOOK_SECRET_FILE")
    if path:
        try:
            with open(path, encoding="utf-8") as file:
                return file.read().strip()
        except OSError:
            raise Refusal(f"WEBHOOK_SECRET_FILE cannot be read: {path}") from None
    found = secret_of_cluster()
    if found:
        return found
    raise Refusal(
        "Nothing says with what the delivery is to be proven: give WEBHOOK_SECRET or WEBHOOK_SECRET_FILE, or set a kube "
        'context whose luban-ci has the Secret webhook-secret ("make events-webhook-secret")'
    )


def secret_of_cluster():
    command = ["kubectl", "-n", "luban-ci", "get", "secret", "webhook-secret", "-o", "jsonpath={.data.secret}"]
    try:
        asked = subprocess.run(command, capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return base64.b64decode(asked.stdout).decode() if asked.returncode == 0 else ""


def send(push, body, headers):
    request = urllib.request.Request(push["gateway_url"], data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read(200).decode(errors="replace").strip()
    except urllib.error.HTTPError as error:
        return error.code, error.read(200).decode(errors="replace").strip()
    except OSError:
        url = push["gateway_url"]
        raise Refusal(f"{url} was not reached: is GATEWAY_URL the address of your gateway?") from None


def main():
    push = push_of()
    body = json.dumps(body_of(push, time.time()), separators=(",", ":")).encode()
    status, said = send(push, body, headers_of(push, body, webhook_secret()))
    taken, refused = 200 <= status < 300, status in (400, 401, 403)
    outcome = "taken" if taken else "refused" if refused else "neither taken nor refused"
    right = refused if push["forged"] else taken
    what = "the forged delivery" if push["forged"] else f"the push of {push['git_ref']} to {push['repo_url']}"
    print(f"{'✓' if right else '✗'} {what} was {outcome} at {push['gateway_url']}: {status} {said}", file=sys.stderr)
    return 0 if right else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refusal as refusal:
        print(f"✗ {refusal}", file=sys.stderr)
        sys.exit(2)
