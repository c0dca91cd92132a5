export { t as createGit } from "./git-B465Xy6J.mjs";
