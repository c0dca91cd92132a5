import { It as StepError } from "./chunk-base.mjs";
import { n as runProgram } from "./chunk-zx.mjs";
import { c as shellWord, d as sshOptions, s as accessOverSsh, u as sshAddress } from "./chunk-git.mjs";
import { userInfo } from "node:os";
// tools/git/src/ssh-state.ts
const askedSeconds = 40;
const sshFailed = 255;
async function sshServerState(settings, remote, service) {
	const access = accessOverSsh(settings, remote);
	if (access?.privateKey === void 0) return { state: "unknown" };
	const address = sshAddress(remote);
	await using ssh = await sshOptions(settings, access);
	const asked = await askForService(settings, ssh, address, service);
	if (asked.exitCode === 0) return { state: "ready" };
	if (asked.exitCode !== sshFailed) return {
		state: "refused",
		ssh: "repository"
	};
	homeForSsh();
	const offered = await offeredKeys(settings, address);
	if (offered === void 0 || offered.length === 0) return { state: "unavailable" };
	const known = await knownKeys(settings, ssh, address);
	const host = hostName(address);
	if (known.length === 0) return {
		state: "untrusted",
		host,
		key: "unknown"
	};
	return known.some((line) => line.startsWith("@cert-authority") || offered.some((key) => line.includes(key))) ? {
		state: "refused",
		ssh: "key"
	} : {
		state: "untrusted",
		host,
		key: "another"
	};
}
function askForService(settings, ssh, address, service) {
	const { destination, port, path } = address;
	return run(settings, "ssh", [
		...ssh.options,
		"-p",
		String(port),
		"--",
		destination,
		`${service} ${shellWord(path)}`
	], "0000");
}
async function offeredKeys(settings, { host, port }) {
	return (await run(settings, "ssh-keyscan", [
		"-T",
		"10",
		"-p",
		String(port),
		"--",
		host
	])).stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#")).flatMap((line) => line.split(" ").slice(2, 3));
}
async function knownKeys(settings, ssh, address) {
	const ofMachine = [`${homeForSsh()}/.ssh/`, "/etc/ssh/ssh_"].flatMap((folder) => [`${folder}known_hosts`, `${folder}known_hosts2`]);
	const files = ssh.knownHostsFile === void 0 ? ofMachine : [ssh.knownHostsFile];
	return (await Promise.all(files.map((file) => run(settings, "ssh-keygen", [
		"-F",
		hostName(address),
		"-f",
		file
	])))).flatMap(({ exitCode, stdout }) => exitCode === 0 ? stdout.split("\n") : []).filter((line) => line !== "" && !line.startsWith("#"));
}
function homeForSsh() {
	try {
		return userInfo().homedir;
	} catch (cause) {
		throw new StepError(`ssh does not run as user ${process.getuid?.()}, who has no name on this machine`, {
			cause,
			hint: "Add the user to /etc/passwd, or run as one that is there."
		});
	}
}
function hostName({ host, port }) {
	return port === 22 ? host : `[${host}]:${port}`;
}
function run(settings, program, args, input = "") {
	const { environment, temporaryFolder: cwd, signal } = settings;
	return runProgram(program, args, {
		cwd,
		env: environment,
		input,
		timeoutSeconds: askedSeconds,
		signal
	});
}
export { sshServerState };
