export { t as sshServerState } from "./chunk-git.mjs";
