export { r as createGit, a as parseGitUrl, c as sshAccessTo } from "./chunk-git.mjs";
