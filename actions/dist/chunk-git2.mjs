export { n as createGit } from "./chunk-git.mjs";
