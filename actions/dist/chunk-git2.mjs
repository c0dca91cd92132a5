export { n as createGit, i as parseGitUrl, l as sshAccessTo } from "./chunk-git.mjs";
