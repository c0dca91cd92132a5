export { t as createGit } from "./git-DtD1-tPQ.mjs";
