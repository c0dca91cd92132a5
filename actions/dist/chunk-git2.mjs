export { t as createGit } from "./chunk-git.mjs";
